/** What a person types to sign in; the name only for a new account. */
export interface Credentials {
  name: string
  email: string
  password: string
}

/** What went wrong, in words for the person, and at which field if at one. */
export interface SignInProblem {
  field: keyof Credentials | null
  message: string
  /** The address has an account already: signing in instead may be what is wanted. */
  taken: boolean
}

const fields: Record<string, keyof Credentials> = {
  identifier: 'email',
  email_address: 'email',
  password: 'password',
  first_name: 'name',
}

interface ApiProblem {
  code: string
  message: string
  longMessage?: string
  meta?: { paramName?: string }
}

/** Reads Clerk's errors. What is not an answer of its API never reached it. */
export function problemOf(error: unknown): SignInProblem {
  const first = apiProblems(error)[0]
  if (!first) {
    return { field: null, message: 'Moneta cannot be reached. Check your connection, then try again.', taken: false }
  }
  return {
    field: fields[first.meta?.paramName ?? ''] ?? null,
    message: first.longMessage ?? first.message,
    taken: first.code === 'form_identifier_exists',
  }
}

function apiProblems(error: unknown): ApiProblem[] {
  const isList = error !== null && typeof error === 'object' && 'errors' in error && Array.isArray(error.errors)
  return isList ? (error.errors as ApiProblem[]) : []
}

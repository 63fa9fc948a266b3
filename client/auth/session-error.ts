export type SessionProblem = 'signed-out' | 'ended' | 'changed' | 'unavailable' | 'offline' | 'clock' | 'gateway'

const SENTENCES: Record<SessionProblem, string> = {
  'signed-out': 'Please sign in first.',
  ended: 'Your session has ended. Sign in again to go on; nothing you wrote is lost.',
  changed: 'The session changed meanwhile, so this was not completed. Try again.',
  unavailable: 'Your sign-in could not be renewed just now. Trying again.',
  offline: 'You are offline. This goes on as soon as the connection is back.',
  clock: "The server's clock seems to be wrong, so it cannot check your sign-in. You stay signed in; try again later.",
  gateway: 'Something between you and the server refused the request. You stay signed in; try again later.',
}

/** Why an operation was not answered, for the reader; never the server's own refusal. */
export class SessionError extends Error {
  readonly problem: SessionProblem

  constructor(problem: SessionProblem, options?: ErrorOptions) {
    super(SENTENCES[problem], options)
    this.name = 'SessionError'
    this.problem = problem
  }
}

/** The session's part in a failed call: what the link put into the error's cause, or null. */
export function sessionProblemOf(error: unknown): SessionProblem | null {
  if (error instanceof SessionError) return error.problem
  return error instanceof Error && error.cause instanceof SessionError ? error.cause.problem : null
}

import { z } from 'zod'
import { ClerkProblem } from './problems.ts'

export const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 256

/** An e-mail address as accounts are told apart by it: without regard to case. */
export const emailAddress = z
  .string('Enter your e-mail address.')
  .trim()
  .toLowerCase()
  .max(254, 'This e-mail address is too long.')
  .pipe(z.email('This is not an e-mail address.'))

const password = z.string('Enter your password.').min(1, 'Enter your password.').max(LONGEST_PASSWORD)

export const newPassword = z
  .string('Choose a password.')
  .min(SHORTEST_PASSWORD, `Choose a password of at least ${SHORTEST_PASSWORD} characters.`)
  .max(LONGEST_PASSWORD, `Choose a password of at most ${LONGEST_PASSWORD} characters.`)

const name = z.string().trim().max(100, 'This name is too long.').optional()

export const signUpInput = z.object({ email_address: emailAddress, password: newPassword, first_name: name })

export const signInInput = z.object({ identifier: emailAddress, password: password.optional() })

export const passwordInput = z.object({ strategy: z.literal('password'), password })

/** @throws 422 that names the field and says what to do. */
export function readInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {})
  if (read.success) return read.data
  const [issue] = read.error.issues
  const param = issue?.path[0]
  const code = issue?.code === 'too_small' ? 'form_password_length_too_short' : 'form_param_format_invalid'
  throw new ClerkProblem(422, code, issue?.message ?? 'Check what you entered.', param ? String(param) : null)
}

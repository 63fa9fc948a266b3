import { checkPassword } from './accounts.ts'
import { type Client, clientToSignIn, createClient } from './client.ts'
import { passwordInput, readInput, signInInput } from './inputs.ts'
import { randomId } from './parts.ts'
import { ClerkProblem } from './problems.ts'
import { startSession } from './session.ts'
import { signInShape } from './shapes.ts'
import type { SignInAttempt } from './sign-in-attempt.ts'
import { type Visit, withClient } from './visit.ts'

/** POST /v1/client/sign_ins: who, and with the password all of it. */
export async function createSignIn(visit: Visit) {
  const { identifier, password } = readInput(signInInput, visit.req.body)
  const attempt = { id: randomId('sia'), identifier }
  if (password !== undefined) return signIn(visit, attempt, password)
  const client = visit.client ?? (await createClient(visit.parts, visit.req, visit.res))
  await keepAttempt(visit, client, attempt)
  return withClient(visit, client, signInShape(attempt, null))
}

/** POST /v1/client/sign_ins/:id/attempt_first_factor: the password, after who was said. */
export async function attemptFirstFactor(visit: Visit) {
  const { password } = readInput(passwordInput, visit.req.body)
  const attempt = visit.client?.signIn
  if (!attempt || attempt.id !== visit.req.params.id) {
    throw new ClerkProblem(404, 'resource_not_found', 'This sign-in was not begun here. Please begin again.')
  }
  return signIn(visit, attempt, password)
}

async function signIn(visit: Visit, attempt: SignInAttempt, password: string) {
  const account = await checkPassword(visit.parts, attempt.identifier, password)
  const client = await clientToSignIn(visit.parts, visit.client, account.id, visit.req, visit.res)
  const session = await startSession(visit.parts, client, account)
  if (client.signIn) await keepAttempt(visit, client, null)
  return withClient(visit, client, signInShape(attempt, session))
}

async function keepAttempt({ parts }: Visit, client: Client, attempt: SignInAttempt | null) {
  client.signIn = attempt
  const attempts = attempt ? { signIn: attempt } : {}
  await parts.db.prisma.localClient.update({ where: { id: client.id }, data: { attempts } })
}

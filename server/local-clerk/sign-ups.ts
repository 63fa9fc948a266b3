import { createAccount } from './accounts.ts'
import { clientToSignIn } from './client.ts'
import { readInput, signUpInput } from './inputs.ts'
import { randomId } from './parts.ts'
import { startSession } from './session.ts'
import { signUpShape } from './shapes.ts'
import { type Visit, withClient } from './visit.ts'

/** POST /v1/client/sign_ups: a new account, signed in. */
export async function createSignUp(visit: Visit) {
  const account = await createAccount(visit.parts, readInput(signUpInput, visit.req.body))
  const client = await clientToSignIn(visit.parts, visit.client, account.id, visit.req, visit.res)
  const session = await startSession(visit.parts, client, account)
  return withClient(visit, client, signUpShape(randomId('sua'), session))
}

import type { LocalAccount } from '#server/db/generated/client.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { type Parts, randomId } from './parts.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { ClerkProblem } from './problems.ts'

/**
 * The account with this address and password. An unknown address costs the same work and gets the same answer as a
 * wrong password.
 *
 * @throws 422
 */
export async function checkPassword({ db }: Parts, email: string, password: string): Promise<LocalAccount> {
  const account = await db.prisma.localAccount.findUnique({ where: { email } })
  const right = await verifyPassword(password, account?.passwordHash ?? null)
  if (account && right) return account
  throw new ClerkProblem(
    422,
    'form_password_incorrect',
    'This e-mail address and this password do not belong together. Check both and try again.',
    'password',
  )
}

/**
 * A new account. That an address is taken cannot be hidden where no mail is sent to prove whose it is: having an
 * account or not is the answer. So it is said plainly, costs as much work as a new account, and is rate limited.
 *
 * @throws 422 when the address has an account.
 */
export async function createAccount(
  { db, clock }: Parts,
  person: { email_address: string; password: string; first_name?: string },
): Promise<LocalAccount> {
  const passwordHash = await hashPassword(person.password)
  const data = {
    id: randomId('user'),
    email: person.email_address,
    passwordHash,
    firstName: person.first_name || null,
    createdAt: new Date(clock.now()),
  }
  try {
    return await db.prisma.localAccount.create({ data })
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
    throw new ClerkProblem(
      422,
      'form_identifier_exists',
      'This e-mail address has an account here already. If it is yours, sign in instead.',
      'email_address',
    )
  }
}

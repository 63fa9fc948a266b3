import type { Deps } from '#server/context.ts'
import { endSessions } from './ended-sessions.ts'
import { emailAddress, newPassword, readInput } from './inputs.ts'
import { hashPassword } from './password.ts'
import { ClerkProblem } from './problems.ts'

/**
 * Gives an account a new password, and ends its sessions: whoever knew the old one is signed out with it. Returns how
 * many were ended.
 *
 * @throws {ClerkProblem} when there is no such account, or the password will not do.
 */
export async function setPassword(deps: Pick<Deps, 'db' | 'clock'>, email: string, password: string): Promise<number> {
  const { prisma } = deps.db
  const address = readInput(emailAddress, email)
  const account = await prisma.localAccount.findUnique({ where: { email: address } })
  if (!account) throw new ClerkProblem(404, 'form_identifier_not_found', `There is no account with ${address} here.`)
  const passwordHash = await hashPassword(readInput(newPassword, password))
  await prisma.localAccount.update({ where: { id: account.id }, data: { passwordHash } })
  const sessions = await prisma.localSession.findMany({ where: { accountId: account.id, endedAt: null } })
  await endSessions(
    deps,
    sessions.map(({ id }) => id),
  )
  return sessions.length
}

import type { Prisma } from '#server/db/generated/client.ts'
import { ENDED } from './ended-sessions.ts'

/** Erases an account with its sessions, and tells every process that they are over once the transaction is. */
export async function deleteAccount(tx: Prisma.TransactionClient, subject: string): Promise<void> {
  const sessions = await tx.localSession.findMany({ where: { accountId: subject }, select: { id: true } })
  await tx.localAccount.deleteMany({ where: { id: subject } })
  for (const { id } of sessions) await tx.$executeRaw`select pg_notify(${ENDED}, ${id})`
}

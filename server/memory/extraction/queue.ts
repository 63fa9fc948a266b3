import { v7 as uuidv7 } from 'uuid'
import type { Prisma, PrismaClient } from '#server/db/generated/client.ts'

/** Tells every process that there is something to read. */
export const CHANNEL = 'extraction'

/** How long a message stays with whoever took it up, in milliseconds: longer than a model may be silent. */
export const LEASE_MS = 5 * 60 * 1000
/** The waits after a failure, in milliseconds; then it is given up. */
export const WAITS_MS = [30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000, 6 * 60 * 60_000]

type Tx = Prisma.TransactionClient

export interface Claim {
  userId: string
  messageId: string
  owner: string
  attempts: number
}

/** Has a message read once the transaction is through; one that was read, or waits for it, is not read again. */
export async function queueExtraction(tx: Tx, userId: string, messageId: string, now: Date): Promise<void> {
  const { count } = await tx.extraction.createMany({
    data: [{ userId, messageId, dueAt: now }],
    skipDuplicates: true,
  })
  if (count > 0) await tx.$executeRaw`select pg_notify(${CHANNEL}, '')`
}

/** Takes up the message that waits longest, of people to whom no reply is being written: replies go first. */
export async function claimNext(db: PrismaClient, now: Date): Promise<Claim | null> {
  const owner = uuidv7()
  const [claim] = await db.$queryRaw<Claim[]>`
    with next as materialized (
      select user_id, message_id from extraction
      where due_at <= ${now} and not exists (
        select 1 from message where message.user_id = extraction.user_id and message.status = 'streaming')
      order by due_at limit 1 for update skip locked)
    update extraction set owner = ${owner}::uuid, attempts = attempts + 1,
      due_at = ${new Date(now.getTime() + LEASE_MS)}
    from next where extraction.user_id = next.user_id and extraction.message_id = next.message_id
    returning extraction.user_id as "userId", extraction.message_id as "messageId", owner, attempts`
  return claim ?? null
}

/** False when somebody else has taken it up since, or the message is gone: then nothing may come of this reading. */
export async function finish(tx: Tx, { userId, messageId, owner }: Claim): Promise<boolean> {
  const { count } = await tx.extraction.updateMany({
    where: { userId, messageId, owner },
    data: { dueAt: null, owner: null },
  })
  return count > 0
}

/** After a failure: later again, and after the last one never. */
export async function postpone(
  db: PrismaClient,
  { userId, messageId, owner, attempts }: Claim,
  now: Date,
): Promise<void> {
  const wait = WAITS_MS[attempts - 1]
  const dueAt = wait === undefined ? null : new Date(now.getTime() + wait)
  await db.extraction.updateMany({ where: { userId, messageId, owner }, data: { dueAt, owner: null } })
}

/** Gives a claim back untouched: the process ends. */
export async function release(db: PrismaClient, { userId, messageId, owner }: Claim, now: Date): Promise<void> {
  await db.extraction.updateMany({
    where: { userId, messageId, owner },
    data: { dueAt: now, owner: null, attempts: { decrement: 1 } },
  })
}

/** Frees what a dead process had taken up, where no other can be alive. The attempt counts: it may be what it died of. */
export async function freeAbandoned(db: PrismaClient, now: Date): Promise<void> {
  await db.extraction.updateMany({ where: { owner: { not: null } }, data: { dueAt: now, owner: null } })
}

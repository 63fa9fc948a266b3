import type { Prisma } from '#server/db/generated/client.ts'
import { threadNotFound } from '#server/problem.ts'

export interface LockedThread {
  titled: boolean
  temporary: boolean
  remember: boolean
  model: string | null
  /** When the next message was written: now, or just after the newest, so that order survives a clock set back. */
  nextAt: Date
  /** The newest message. */
  newestId: string | null
}

/**
 * Holds the thread until the transaction ends, so that what is sent to it at the same time follows one another.
 *
 * @throws {Problem} NOT_FOUND when it is deleted or not this user's.
 */
export async function lockThread(tx: Prisma.TransactionClient, which: Which): Promise<LockedThread> {
  const thread = await findAndLock(tx, which)
  if (!thread) throw threadNotFound()
  return thread
}

interface Which {
  userId: string
  id: string
  /** Milliseconds since the epoch. */
  now: number
}

/** The same; null when it is deleted or not this user's. */
export async function findAndLock(
  tx: Prisma.TransactionClient,
  { userId, id, now }: Which,
): Promise<LockedThread | null> {
  const [thread] = await tx.$queryRaw<Omit<LockedThread, 'nextAt' | 'newestId'>[]>`
    select title_source <> 'none' as titled, temporary, remember, model from thread
    where user_id = ${userId}::uuid and id = ${id}::uuid and deleted_at is null for update`
  if (!thread) return null
  const [newest] = await tx.$queryRaw<{ id: string; createdAt: Date }[]>`
    select id, created_at as "createdAt" from message
    where user_id = ${userId}::uuid and thread_id = ${id}::uuid order by created_at desc, id desc limit 1`
  const nextAt = new Date(Math.max(now, newest ? newest.createdAt.getTime() + 1 : now))
  return { ...thread, nextAt, newestId: newest?.id ?? null }
}

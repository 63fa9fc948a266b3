import { Prisma as Sql } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import type { Db } from './messages.ts'

export interface ThreadRow extends Omit<ThreadSummary, 'createdAt' | 'activeAt'> {
  createdAt: Date
  activeAt: Date
}

export const threadColumns = Sql.sql`id, title, pinned, archived, temporary, remember, tags, model,
  created_at as "createdAt", active_at as "activeAt"`

/**
 * Makes the thread unless it exists.
 *
 * @throws {Problem} NOT_FOUND when the id is somebody else's thread.
 */
export async function claimThread(
  db: Db,
  { userId, id, temporary, at }: { userId: string; id: string; temporary: boolean; at: Date },
): Promise<void> {
  const known = await db.$queryRaw<{ mine: boolean }[]>`
    select user_id = ${userId}::uuid as mine from thread where id = ${id}::uuid`
  if (known.some(({ mine }) => mine)) return
  if (known.length > 0) throw threadNotFound()
  await db.$executeRaw`
    insert into thread (user_id, id, temporary, created_at, active_at)
    values (${userId}::uuid, ${id}::uuid, ${temporary}, ${at}, ${at}) on conflict do nothing`
}

interface Activity {
  userId: string
  id: string
  at: Date
  /** Empty for a thread that has a title. */
  title: string
}

export async function noteActivity(db: Db, { userId, id, at, title }: Activity): Promise<void> {
  const titled = title ? Sql.sql`, title = ${title}, title_source = 'automatic'` : Sql.empty
  await db.$executeRaw`
    update thread set active_at = ${at} ${titled} where user_id = ${userId}::uuid and id = ${id}::uuid`
}

export async function findThread(db: Db, userId: string, id: string): Promise<ThreadRow | null> {
  const rows = await db.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${userId}::uuid and id = ${id}::uuid and deleted_at is null`
  return rows[0] ?? null
}

export function summary({ createdAt, activeAt, ...thread }: ThreadRow): ThreadSummary {
  return { ...thread, createdAt: createdAt.toISOString(), activeAt: activeAt.toISOString() }
}

export function threadNotFound(): Problem {
  return new Problem('NOT_FOUND', 'This conversation does not exist, or it was deleted.')
}

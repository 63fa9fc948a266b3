import { Prisma as Sql } from '#server/db/generated/client.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import type { Db } from './messages.ts'

export interface ThreadRow extends Omit<ThreadSummary, 'createdAt' | 'activeAt'> {
  createdAt: Date
  activeAt: Date
}

export const threadColumns = Sql.sql`id, title, pinned, archived, temporary, remember, tags, model,
  created_at as "createdAt", active_at as "activeAt"`

interface NewThread {
  userId: string
  id: string
  temporary: boolean
  /** Null is the default one. */
  model: string | null
  at: Date
}

/** Makes the thread; null when there is one of this id, whoever's it is. */
export async function insertThread(db: Db, { userId, id, temporary, model, at }: NewThread): Promise<ThreadRow | null> {
  const rows = await db.$queryRaw<ThreadRow[]>`
    insert into thread (user_id, id, temporary, model, created_at, active_at)
    select ${userId}::uuid, ${id}::uuid, ${temporary}, ${model}, ${at}, ${at}
    where not exists (select 1 from thread where id = ${id}::uuid and user_id <> ${userId}::uuid)
    on conflict do nothing returning ${threadColumns}`
  return rows[0] ?? null
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

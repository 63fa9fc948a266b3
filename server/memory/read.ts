import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import type { Entity, Memory, MemoryOrigin, MemoryStatus } from '#shared/memory.ts'
import { strengthAt } from './strength.ts'

interface MemoryRow {
  id: string
  text: string
  kind: string
  tags: string[]
  entities: Entity[]
  status: MemoryStatus
  origin: MemoryOrigin
  strength: number
  version: number
  validFrom: Date
  validTo: Date | null
  expiresAt: Date | null
  createdAt: Date
  updatedAt: Date
  messageId: string | null
  threadId: string | null
  threadTitle: string | null
}

interface Selection {
  now: Date
  where: Prisma.Sql
  /** By creation, the newest first, unless told otherwise. */
  order?: Prisma.Sql
  limit?: number
  offset?: number
}

/** Kept and not past its expiry: what a memory must be to be shown, searched, linked or put before a model. */
export function isAlive(now: Date): Prisma.Sql {
  return Prisma.sql`(memory.status = 'kept' and (memory.expires_at is null or memory.expires_at > ${now}))`
}

/** A user's memories as the API shows them. `where` and `order` speak of `memory` and of the column `strength`. */
export async function readMemories(db: Reader, userId: string, selection: Selection): Promise<Memory[]> {
  const {
    now,
    where,
    order = Prisma.sql`memory.created_at desc, memory.id desc`,
    limit = 1_000,
    offset = 0,
  } = selection
  const rows = await db.$queryRaw<MemoryRow[]>`
    select memory.id, memory.text, memory.kind, memory.tags, spoken.entities, memory.status::text as status,
      memory.origin::text as origin, ${strengthAt(now)} as strength, memory.version, memory.valid_from as "validFrom",
      memory.valid_to as "validTo", memory.expires_at as "expiresAt", memory.created_at as "createdAt",
      memory.updated_at as "updatedAt", said.message_id as "messageId", said.thread_id as "threadId",
      said.title as "threadTitle"
    from memory
    left join lateral (
      select message.id as message_id, thread.id as thread_id, thread.title
      from message join thread on thread.user_id = message.user_id and thread.id = message.thread_id
      where message.user_id = memory.user_id and message.id = memory.source_message_id and thread.deleted_at is null
    ) as said on true
    cross join lateral (
      select coalesce(json_agg(json_build_object('kind', entity.kind, 'name', entity.name) order by entity.place), '[]')
        as entities
      from memory_entity as entity where entity.user_id = memory.user_id and entity.memory_id = memory.id
    ) as spoken
    where memory.user_id = ${userId}::uuid and ${where}
    order by ${order} limit ${limit} offset ${offset}`
  return rows.map(present)
}

export async function readMemory(db: Reader, userId: string, id: string, now: Date): Promise<Memory | null> {
  const [memory] = await readMemories(db, userId, { now, where: Prisma.sql`memory.id = ${id}::uuid`, limit: 1 })
  return memory ?? null
}

function present(row: MemoryRow): Memory {
  const { messageId, threadId, threadTitle, ...memory } = row
  return {
    ...memory,
    source: messageId && threadId ? { messageId, threadId, threadTitle: threadTitle ?? '' } : null,
    validFrom: row.validFrom.toISOString(),
    validTo: row.validTo?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

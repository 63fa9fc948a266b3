import type { Hit } from '#shared/memory.ts'
import type { Ranked } from './index/rank.ts'
import type { Reader } from './index/statistics.ts'
import { isAlive } from './read.ts'

type HitRow = Omit<Hit, 'createdAt' | 'score'> & {
  number: number
  createdAt: Date
  /** The message in which a memory was first said. */
  said: string | null
}

/**
 * The texts behind a ranking, in its order. What may no longer be shown is left out, and so is a message whose memory
 * is among them: one fact is one hit.
 */
export async function readHits(db: Reader, userId: string, ranked: readonly Ranked[], now: Date): Promise<Hit[]> {
  if (ranked.length === 0) return []
  const numbers = (kind: string) => ranked.filter((hit) => hit.kind === kind).map(({ number }) => number)
  const rows = await db.$queryRaw<HitRow[]>`
    select 'memory' as kind, text.number, memory.id, memory.text, null as author, null as "authorName",
      thread.id as "threadId", thread.title as "threadTitle", memory.created_at as "createdAt",
      memory.source_message_id as said
    from unnest(${numbers('memory')}::int[]) as hit(number)
    join indexed_text as text on text.user_id = ${userId}::uuid and text.kind = 'memory' and text.number = hit.number
    join memory on memory.user_id = text.user_id and memory.id = text.source_id
    left join message on message.user_id = memory.user_id and message.id = memory.source_message_id
    left join thread on thread.user_id = message.user_id and thread.id = message.thread_id and thread.deleted_at is null
    where ${isAlive(now)}
    union all
    select 'message', text.number, message.id, message.text, message.author::text, message.author_name,
      thread.id, thread.title, message.created_at, null
    from unnest(${numbers('message')}::int[]) as hit(number)
    join indexed_text as text on text.user_id = ${userId}::uuid and text.kind = 'message' and text.number = hit.number
    join message on message.user_id = text.user_id and message.id = text.source_id
    join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where thread.deleted_at is null and not thread.temporary`
  const found = new Map(rows.map((row) => [`${row.kind} ${row.number}`, row]))
  const told = new Set(rows.map(({ said }) => said))
  return ranked.flatMap(({ kind, number, score }) => {
    const row = found.get(`${kind} ${number}`)
    if (!row || told.has(row.id)) return []
    const { number: _, said: __, ...hit } = row
    return [{ ...hit, createdAt: row.createdAt.toISOString(), score }]
  })
}

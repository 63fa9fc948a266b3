import type { Reader } from '#server/db/reader.ts'
import type { Hit } from '#shared/memory.ts'
import type { Kind } from './index/bm25.ts'
import type { Ranked } from './index/rank.ts'
import { ownTexts } from './index/texts.ts'
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
  const numbers = (kind: Kind) => ranked.filter((hit) => hit.kind === kind).map(({ number }) => number)
  const rows = await db.$queryRaw<HitRow[]>`
    select 'memory' as kind, own.number, memory.id, memory.text, null as author, null as "authorName",
      thread.id as "threadId", thread.title as "threadTitle", memory.created_at as "createdAt",
      memory.source_message_id as said
    from ${ownTexts(userId, 'memory', numbers('memory'))}
    cross join lateral (
      select id, text, created_at, source_message_id from memory
      where user_id = ${userId}::uuid and id = own.source_id and ${isAlive(now)} limit 1
    ) as memory
    left join lateral (
      select thread.id, thread.title from message
      join thread on thread.user_id = message.user_id and thread.id = message.thread_id and thread.deleted_at is null
      where message.user_id = ${userId}::uuid and message.id = memory.source_message_id limit 1
    ) as thread on true
    union all
    select 'message', own.number, message.id, message.text, message.author::text, message.author_name,
      thread.id, thread.title, message.created_at, null
    from ${ownTexts(userId, 'message', numbers('message'))}
    cross join lateral (
      select id, thread_id, text, author, author_name, created_at from message
      where user_id = ${userId}::uuid and id = own.source_id limit 1
    ) as message
    cross join lateral (
      select id, title from thread
      where user_id = ${userId}::uuid and id = message.thread_id and deleted_at is null and not temporary limit 1
    ) as thread`
  const found = new Map(rows.map((row) => [`${row.kind} ${row.number}`, row]))
  const told = new Set(rows.map(({ said }) => said))
  return ranked.flatMap(({ kind, number, score }) => {
    const row = found.get(`${kind} ${number}`)
    if (!row || told.has(row.id)) return []
    const { number: _, said: __, ...hit } = row
    return [{ ...hit, createdAt: row.createdAt.toISOString(), score }]
  })
}

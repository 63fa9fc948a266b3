import type { Prisma } from '#server/db/generated/client.ts'
import type { Caller } from '#server/memory/caller.ts'
import { recallFor } from '#server/memory/recall.ts'
import type { Claim } from './queue.ts'

/** How much of a message is read, in UTF-16 code units, and of what was said right before it. */
const LENGTH = 8_000
const BEFORE_LENGTH = 1_000
const BEFORE = 4
const KNOWN = 12
const QUERY_LENGTH = 2_000
/** "Thanks", "go on": less than this states nothing. */
const FEWEST_WORDS = 3

export interface Exchange {
  threadId: string
  model: string | null
  text: string
  saidAt: Date
  /** What was said right before, oldest first: what "there" and "she" in the message mean. */
  before: { author: 'user' | 'assistant'; text: string }[]
  /** Memories that may say the same, or may no longer be true. */
  known: { id: string; text: string }[]
}

interface Row {
  threadId: string
  model: string | null
  parentId: string | null
  text: string
  saidAt: Date
}

/**
 * A message that may be learned from, or null: it or its thread is gone, forgotten, temporary or not to be remembered, or
 * something that was said in it was forgotten or declined.
 */
export async function findTeaching(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  { userId, messageId }: Claim,
): Promise<Row | null> {
  const [row] = await db.$queryRaw<Row[]>`
    select message.thread_id as "threadId", thread.model, message.parent_id as "parentId", message.text,
      message.created_at as "saidAt"
    from message join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where message.user_id = ${userId}::uuid and message.id = ${messageId}::uuid and message.author = 'user'
      and message.forgotten_at is null and thread.deleted_at is null and not thread.temporary and thread.remember
      and not exists (
        select 1 from memory_source as source
        join memory on memory.user_id = source.user_id and memory.id = source.memory_id
        where source.user_id = message.user_id and source.message_id = message.id and memory.status = 'forgotten')`
  return row ?? null
}

export async function readExchange(deps: Caller['deps'], claim: Claim): Promise<Exchange | null> {
  const { userId } = claim
  const db = deps.db.prisma
  const row = await findTeaching(db, claim)
  if (!row || row.text.split(/\s+/).length < FEWEST_WORDS) return null
  const [before, known] = await Promise.all([
    db.$queryRaw<Exchange['before']>`
      with recursive path as (
        select ${row.parentId}::uuid as up, 0 as depth
        union all
        select message.parent_id, path.depth + 1 from path
        join message on message.user_id = ${userId}::uuid and message.id = path.up where path.depth < ${BEFORE}
      )
      select author::text as author, left(text, ${BEFORE_LENGTH}) as text from path
      join message on message.user_id = ${userId}::uuid and message.id = path.up
      where text <> '' and forgotten_at is null order by depth desc`,
    recallFor(deps, { userId, query: row.text.slice(0, QUERY_LENGTH).toWellFormed(), limit: KNOWN, kind: 'memory' }),
  ])
  return {
    ...row,
    text: row.text.slice(0, LENGTH).toWellFormed(),
    before,
    known: known.map(({ id, text }) => ({ id, text })),
  }
}

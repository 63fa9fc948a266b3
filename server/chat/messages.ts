import type { Prisma, PrismaClient } from '#server/db/generated/client.ts'
import { Prisma as Sql } from '#server/db/generated/client.ts'
import { plain } from '#server/memory/text/plain.ts'
import type { Author, Message, MessageStatus, Recalled, Remembered } from '#shared/chat.ts'

/** The client, or a transaction of it. */
export type Db = PrismaClient | Prisma.TransactionClient

/** How much of a recalled text is shown beside a reply, in UTF-16 code units. */
const SNIPPET = 400

/** A message as it is stored, without what is kept about it elsewhere. */
export interface MessageRow {
  id: string
  threadId: string
  parentId: string | null
  author: Author
  authorName: string | null
  text: string
  status: MessageStatus
  failure: string | null
  model: string | null
  run: number
  forgotten: boolean
  createdAt: Date
}

export const messageColumns = Sql.sql`message.id, thread_id as "threadId", parent_id as "parentId", author,
  author_name as "authorName", text, message.status, failure, message.model, run, message.forgotten_at is not null as forgotten,
  message.created_at as "createdAt"`

interface Page {
  userId: string
  threadId: string
  limit: number
}

/** The newest `limit` messages of a thread before a position, newest first. */
export function messagesBefore(
  db: Db,
  { userId, threadId, before, limit }: Page & { before: string[] | null },
): Promise<MessageRow[]> {
  const until = before ? Sql.sql`and (created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : Sql.empty
  return db.$queryRaw`
    select ${messageColumns} from message
    where user_id = ${userId}::uuid and thread_id = ${threadId}::uuid ${until}
    order by created_at desc, id desc limit ${limit}`
}

/** The first `limit` messages of a thread from a position on, oldest first. */
export function messagesFrom(
  db: Db,
  { userId, threadId, from, limit }: Page & { from: string[] },
): Promise<MessageRow[]> {
  return db.$queryRaw`
    select ${messageColumns} from message
    where user_id = ${userId}::uuid and thread_id = ${threadId}::uuid
      and (created_at, id) >= (${from[0]}::timestamptz, ${from[1]}::uuid)
    order by created_at, id limit ${limit}`
}

/** A message of a thread that is not deleted. */
export async function findMessage(db: Db, userId: string, id: string): Promise<MessageRow | null> {
  const rows = await db.$queryRaw<MessageRow[]>`
    select ${messageColumns} from message
    join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where message.user_id = ${userId}::uuid and message.id = ${id}::uuid and thread.deleted_at is null`
  return rows[0] ?? null
}

/** Messages as they go out, each with what it used and what was remembered from it. */
export async function describeMessages(db: Db, userId: string, rows: MessageRow[]): Promise<Message[]> {
  const ids = rows.map((row) => row.id)
  const [recalled, remembered] = await Promise.all([recalledBy(db, userId, ids), rememberedFrom(db, userId, ids)])
  return rows.map((row) => ({
    ...asNew(row),
    recalled: recalled.get(row.id) ?? [],
    remembered: remembered.get(row.id) ?? [],
  }))
}

/** A message from which nothing was remembered and which recalls nothing yet, as it goes out. */
export function asNew({ run: _run, createdAt, ...row }: MessageRow): Message {
  return { ...row, createdAt: createdAt.toISOString(), recalled: [], remembered: [] }
}

export async function describeMessage(db: Db, userId: string, row: MessageRow): Promise<Message> {
  const [message] = await describeMessages(db, userId, [row])
  if (!message) throw new Error('a message was described as nothing')
  return message
}

/**
 * Nested loops over keys, whatever the planner knows: without statistics it reads whole tables for each reply. A limit,
 * or an offset of nothing where there is no limit, keeps it from joining them in another order.
 */
async function recalledBy(db: Db, userId: string, replyIds: string[]): Promise<Map<string, Recalled[]>> {
  const rows = await db.$queryRaw<(Recalled & { replyId: string; author: Author | null; at: Date })[]>`
    select reply.id as "replyId", recall.kind, recall.source_id as id, recall.score,
      case when recall.kind = 'memory' then memory.source_thread else said.thread_id end as "threadId",
      left(coalesce(memory.text, said.text), ${SNIPPET}) as text, said.author,
      coalesce(memory.created_at, said.created_at, reply.created_at) as at
    from unnest(${replyIds}::uuid[]) as wanted(id)
    cross join lateral (
      select id, created_at from message where user_id = ${userId}::uuid and id = wanted.id limit 1
    ) as reply
    cross join lateral (
      select kind, source_id, score, rank from recall
      where user_id = ${userId}::uuid and reply_id = reply.id offset 0
    ) as recall
    left join lateral (
      select memory.text, memory.created_at, source.thread_id as source_thread from memory
      left join message source on source.user_id = memory.user_id and source.id = memory.source_message_id
      where memory.user_id = ${userId}::uuid and memory.id = recall.source_id and memory.status <> 'forgotten' limit 1
    ) as memory on recall.kind = 'memory'
    left join lateral (
      select message.text, message.author, message.thread_id, message.created_at from message
      join thread on thread.user_id = message.user_id and thread.id = message.thread_id and thread.deleted_at is null
      where message.user_id = ${userId}::uuid and message.id = recall.source_id limit 1
    ) as said on recall.kind = 'message'
    order by reply.id, recall.rank`
  return grouped(rows, ({ replyId, author, text, at, ...row }) => {
    const read = text !== null && author === 'assistant' ? plain(text) : text
    return [replyId, { ...row, text: read, createdAt: at.toISOString() }]
  })
}

async function rememberedFrom(db: Db, userId: string, messageIds: string[]): Promise<Map<string, Remembered[]>> {
  const rows = await db.$queryRaw<(Remembered & { messageId: string })[]>`
    select memory_source.message_id as "messageId", memory.id, memory.text, memory.status
    from memory_source join memory on memory.user_id = memory_source.user_id and memory.id = memory_source.memory_id
    where memory_source.user_id = ${userId}::uuid and memory_source.message_id = any(${messageIds}::uuid[])
      and memory.status in ('kept', 'suggested')
    order by memory.created_at, memory.id`
  return grouped(rows, ({ messageId, ...row }) => [messageId, row])
}

function grouped<Row, Value>(rows: Row[], entry: (row: Row) => [string, Value]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const row of rows) {
    const [key, value] = entry(row)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

import { type Memory, Prisma } from '#server/db/generated/client.ts'
import { addToIndex, type IndexableText } from './index/add.ts'
import type { Tx } from './index/lock.ts'
import { removeFromIndex } from './index/remove.ts'

export interface SearchableMessage {
  id: string
  threadId: string
  author: 'user' | 'assistant'
  authorName: string | null
  text: string
  createdAt: Date
}

export function asIndexable(message: SearchableMessage): IndexableText {
  return {
    kind: 'message',
    sourceId: message.id,
    threadId: message.threadId,
    speaker: message.authorName,
    byAssistant: message.author === 'assistant',
    text: message.text,
    saidAt: message.createdAt,
  }
}

export function asIndexableMemory(memory: Pick<Memory, 'id' | 'text' | 'tags' | 'validFrom'>): IndexableText {
  return {
    kind: 'memory',
    sourceId: memory.id,
    threadId: null,
    speaker: null,
    byAssistant: false,
    text: [memory.text, ...memory.tags].join(' '),
    saidAt: memory.validFrom,
  }
}

/** Messages that a search would give a forgotten memory away with: those it was said in, and replies that used it. */
export function tellingMessages(memoryIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`(
    select message_id from memory_source where user_id = message.user_id and memory_id = any(${memoryIds}::uuid[])
    union select reply_id from recall
    where user_id = message.user_id
      and (kind = 'memory' and source_id = any(${memoryIds}::uuid[])
        or kind = 'message' and source_id in (
          select message_id from memory_source
          where user_id = message.user_id and memory_id = any(${memoryIds}::uuid[])))
  )`
}

/** Says nothing of what was forgotten. */
const HARMLESS = Prisma.sql`
  message.forgotten_at is null
  and not exists (
    select 1 from memory_source join memory on memory.user_id = memory_source.user_id and memory.id = memory_source.memory_id
    where memory_source.user_id = message.user_id and memory_source.message_id = message.id
      and memory.status = 'forgotten')
  and not exists (
    select 1 from recall join memory on memory.user_id = recall.user_id and memory.id = recall.source_id
    where recall.user_id = message.user_id and recall.reply_id = message.id and recall.kind = 'memory'
      and memory.status = 'forgotten')
  and not exists (
    select 1 from recall
    join memory_source on memory_source.user_id = recall.user_id and memory_source.message_id = recall.source_id
    join memory on memory.user_id = recall.user_id and memory.id = memory_source.memory_id
    where recall.user_id = message.user_id and recall.reply_id = message.id and memory.status = 'forgotten')
  and not exists (
    select 1 from recall join message as said on said.user_id = recall.user_id and said.id = recall.source_id
    where recall.user_id = message.user_id and recall.reply_id = message.id and said.forgotten_at is not null)`

/** What may be searched: finished, in a thread that is there and leaves traces, and not telling of what was forgotten. */
const SEARCHABLE = Prisma.sql`
  message.status <> 'streaming' and thread.deleted_at is null and not thread.temporary and ${HARMLESS}`

/** The ids of a thread's messages that tell of what was forgotten. */
export async function messagesTelling(
  db: Pick<Tx, '$queryRaw'>,
  userId: string,
  threadId: string,
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from message
    where message.user_id = ${userId}::uuid and message.thread_id = ${threadId}::uuid and not (${HARMLESS})`
  return new Set(rows.map(({ id }) => id))
}

/** Makes the user's messages that meet a condition searchable as far as they may be; the others are taken out. */
export async function refreshMessages(tx: Tx, userId: string, where: Prisma.Sql): Promise<void> {
  const messages = await tx.$queryRaw<(SearchableMessage & { searchable: boolean })[]>`
    select message.id, message.thread_id as "threadId", message.author::text as author,
      message.author_name as "authorName", message.text, message.created_at as "createdAt",
      (${SEARCHABLE}) as searchable
    from message join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where message.user_id = ${userId}::uuid and ${where}
    order by message.created_at, message.id`
  await removeFromIndex(
    tx,
    userId,
    messages.map(({ id }) => id),
  )
  await addToIndex(tx, userId, messages.filter(({ searchable }) => searchable).map(asIndexable))
}

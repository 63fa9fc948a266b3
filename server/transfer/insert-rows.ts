import type { Tx } from '#server/memory/index/lock.ts'
import type { ImportedMessage, ImportedThread } from './imported.ts'

// Each takes its rows as one value. Written out, every number of rows would be a statement of its own, which Prisma
// compiles, the driver takes apart and the connection keeps prepared: thrice the processor time on PostgreSQL.

type Traits = Partial<NonNullable<ImportedThread['traits']>>

interface ThreadRow extends Traits {
  id: string
  title: string
  titleSource: 'person' | 'none'
  createdAt: Date
  activeAt: Date
}

/** Those that are here already stay as they are. */
export async function insertThreads(tx: Tx, userId: string, rows: readonly ThreadRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into thread (user_id, id, title, title_source, pinned, archived, remember, tags, model, created_at, active_at)
    select ${userId}::uuid, id, title, "titleSource", coalesce(pinned, false), coalesce(archived, false),
      coalesce(remember, true), coalesce(tags, '{}'), model, "createdAt", "activeAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      id uuid, title text, "titleSource" title_source, pinned bool, archived bool, remember bool, tags text[], model text,
      "createdAt" timestamptz, "activeAt" timestamptz)
    on conflict do nothing`
}

export interface MessageRow extends Omit<ImportedMessage, 'key' | 'parentKey' | 'used'> {
  id: string
  threadId: string
  parentId: string | null
}

export async function insertMessages(tx: Tx, userId: string, rows: readonly MessageRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into message (user_id, id, thread_id, parent_id, author, author_name, text, status, failure, model, created_at,
      forgotten_at)
    select ${userId}::uuid, id, "threadId", "parentId", author, "authorName", text, coalesce(status, 'complete'), failure,
      model, "createdAt", "forgottenAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      id uuid, "threadId" uuid, "parentId" uuid, author author, "authorName" text, text text, status message_status,
      failure text, model text, "createdAt" timestamptz, "forgottenAt" timestamptz)`
}

interface UseRow {
  replyId: string
  rank: number
  kind: 'memory' | 'message'
  sourceId: string
  score: number
}

/** What replies used. */
export async function insertUses(tx: Tx, userId: string, rows: readonly UseRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into recall (user_id, reply_id, rank, kind, source_id, score)
    select ${userId}::uuid, "replyId", rank, kind, "sourceId", score
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      "replyId" uuid, rank int, kind text_kind, "sourceId" uuid, score float8)`
}

import type { Reader } from '#server/db/reader.ts'
import { threadNotFound } from '#server/problem.ts'
import { fitting } from './budget.ts'
import type { Job } from './job.ts'

/** The messages that are read of a conversation's end, and those that are put before a model at most. */
const READ = 160
const GIVEN = 100
/** The share of the budget for the end of the conversation. */
const CONVERSATION_SHARE = 0.6

export interface PathMessage {
  id: string
  author: 'user' | 'assistant'
  text: string
  createdAt: Date
  /** The memories that were made from it. */
  learned: string[]
}

interface Thread {
  temporary: boolean
  remember: boolean
  /** What was said up to the message of `summaryThroughId`, in short. */
  summary: string
  summaryThroughId: string | null
}

/** What leads to a reply, oldest first. */
export interface Conversation {
  thread: Thread
  /** What is put before the model word for word. */
  recent: PathMessage[]
  /** What came before that, as far as it was read. */
  earlier: PathMessage[]
  /** Whether that is all there is, from the first message on. */
  whole: boolean
}

/** The messages that lead to a reply: of siblings, only those on the way. */
export async function readConversation(db: Reader, job: Job, budget: number): Promise<Conversation> {
  const [thread, path] = await Promise.all([readThread(db, job), readPath(db, job)])
  const kept = fitting(path.slice(-GIVEN).reverse(), budget * CONVERSATION_SHARE, 1).length
  const from = path.length - kept
  return { thread, recent: path.slice(from), earlier: path.slice(0, from), whole: path.length < READ }
}

async function readThread(db: Reader, { userId, threadId }: Job): Promise<Thread> {
  const [thread] = await db.$queryRaw<Thread[]>`
    select temporary, remember, summary, summary_through_id as "summaryThroughId" from thread
    where user_id = ${userId}::uuid and id = ${threadId}::uuid`
  if (!thread) throw threadNotFound()
  return thread
}

function readPath(db: Reader, { userId, replyId }: Job): Promise<PathMessage[]> {
  return db.$queryRaw`
    with recursive path as (
      select parent_id as up, 0 as depth from message where user_id = ${userId}::uuid and id = ${replyId}::uuid
      union all
      select message.parent_id, path.depth + 1 from path
      join message on message.user_id = ${userId}::uuid and message.id = path.up
      where path.depth < ${READ}
    )
    select message.id, author, text, created_at as "createdAt", array(
      select memory_id::text from memory_source as source
      where source.user_id = message.user_id and source.message_id = message.id
    ) as learned
    from path
    join message on message.user_id = ${userId}::uuid and message.id = path.up
    where path.depth < ${READ} and text <> '' order by path.depth desc`
}

/** How many messages of the thread are older than what is put before the model. */
export async function countOmitted(
  db: Reader,
  { userId, threadId }: Job,
  { recent, earlier }: Conversation,
): Promise<number> {
  const [oldest] = recent
  if (!oldest || earlier.length === 0) return 0
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from message
    where user_id = ${userId}::uuid and thread_id = ${threadId}::uuid
      and (created_at, id) < (${oldest.createdAt}, ${oldest.id}::uuid)`
  return row?.count ?? 0
}

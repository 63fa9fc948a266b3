import { v7 } from 'uuid'
import type { UserContext } from '#server/context.ts'
import { type Prisma, Prisma as Sql } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { Job } from './job.ts'
import { leaseEnd } from './lease.ts'
import { type MessageRow, messageColumns } from './messages.ts'

/** What the user said. */
interface Question {
  id: string
  threadId: string
  parentId: string | null
  text: string
  at: Date
}

interface NewReply {
  replyId: string
  threadId: string
  parentId: string
  at: Date
  /** The thread's choice. */
  modelId: string | null
}

/** A reply that is stored and not yet written. */
export interface Begun {
  reply: MessageRow
  job: Job
}

/** Stores an empty reply together with the right to write it. The generation may begin once this is committed. */
export async function insertReply(tx: Prisma.TransactionClient, ctx: UserContext, newReply: NewReply): Promise<Begun> {
  const job = jobOf(ctx, newReply)
  const [reply] = await tx.$queryRaw<MessageRow[]>(insertion([replyRow(job, newReply)]))
  if (!reply) throw idTaken()
  return { reply, job }
}

interface Answering extends Pick<NewReply, 'replyId' | 'modelId'> {
  /** What the thread is called from now on; empty for one that has a title. */
  title: string
}

/**
 * The same with the message that it answers, and its thread's activity, in one statement. Null when both ids are known
 * already, and nothing is stored.
 */
export async function insertExchange(
  tx: Prisma.TransactionClient,
  ctx: UserContext,
  question: Question,
  { title, ...answering }: Answering,
): Promise<(Begun & { message: MessageRow }) | null> {
  const { userId } = ctx
  const { id: parentId, threadId, at } = question
  const newReply = { ...answering, threadId, parentId, at: new Date(at.getTime() + 1) }
  const job = jobOf(ctx, newReply)
  const titled = title ? Sql.sql`, title = ${title}, title_source = 'automatic'` : Sql.empty
  const stored = await tx.$queryRaw<MessageRow[]>`
    with stored as (${insertion([questionRow(userId, question), replyRow(job, newReply)])}),
    active as (
      update thread set active_at = ${at} ${titled}
      where user_id = ${userId}::uuid and id = ${threadId}::uuid and exists (select 1 from stored)
    ) select * from stored`
  if (stored.length === 0) return null
  const [message, reply] = stored
  if (!message || !reply) throw idTaken()
  return { message, reply, job }
}

export function idTaken(): Problem {
  return new Problem('CONFLICT', 'Another message has this id already: send it again under a new one.')
}

function jobOf({ deps, userId, user }: UserContext, { replyId, threadId, modelId }: NewReply): Job {
  const { timeZone, locale } = user
  const model = deps.chat.models.named(modelId)
  return { userId, replyId, owner: v7(), threadId, model, run: 1, partial: '', timeZone, locale }
}

function questionRow(userId: string, { id, threadId, parentId, text, at }: Question): Sql.Sql {
  return Sql.sql`(${userId}::uuid, ${id}::uuid, ${threadId}::uuid, ${parentId}::uuid, 'user', ${text}, 'complete',
    null, ${at}, ${at}, null, null)`
}

function replyRow({ userId, replyId, threadId, model, owner }: Job, { parentId, at }: NewReply): Sql.Sql {
  return Sql.sql`(${userId}::uuid, ${replyId}::uuid, ${threadId}::uuid, ${parentId}::uuid, 'assistant', '', 'streaming',
    ${model.name}, ${at}, ${at}, ${owner}::uuid, ${leaseEnd})`
}

/** Leaves out those whose ids are known already. */
function insertion(rows: Sql.Sql[]): Sql.Sql {
  return Sql.sql`
    insert into message (user_id, id, thread_id, parent_id, author, text, status, model, created_at, updated_at,
      lease_owner, lease_until)
    values ${Sql.join(rows)} on conflict do nothing returning ${messageColumns}`
}

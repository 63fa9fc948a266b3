import { v7 } from 'uuid'
import type { UserContext } from '#server/context.ts'
import type { Prisma } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { Job } from './job.ts'
import { leaseEnd } from './lease.ts'
import { type MessageRow, messageColumns } from './messages.ts'

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
export async function insertReply(
  tx: Prisma.TransactionClient,
  { deps, userId, user }: UserContext,
  { replyId, threadId, parentId, at, modelId }: NewReply,
): Promise<Begun> {
  const owner = v7()
  const model = deps.chat.models.named(modelId)
  const [reply] = await tx.$queryRaw<MessageRow[]>`
    insert into message (user_id, id, thread_id, parent_id, author, text, status, model, created_at, updated_at,
      lease_owner, lease_until)
    values (${userId}::uuid, ${replyId}::uuid, ${threadId}::uuid, ${parentId}::uuid, 'assistant', '', 'streaming',
      ${model.name}, ${at}, ${at}, ${owner}::uuid, ${leaseEnd})
    on conflict do nothing returning ${messageColumns}`
  if (!reply) throw idTaken()
  const { timeZone, locale } = user
  return { reply, job: { userId, replyId, owner, threadId, model, run: 1, partial: '', timeZone, locale } }
}

export function idTaken(): Problem {
  return new Problem('CONFLICT', 'Another message has this id already: send it again under a new one.')
}

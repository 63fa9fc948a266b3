import { v7 } from 'uuid'
import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Problem } from '#server/problem.ts'
import type { Message, regenerateInput, replyIdInput, Sent } from '#shared/chat.ts'
import { idTaken, insertReply } from './begin-reply.ts'
import { leaseEnd } from './lease.ts'
import { describeMessage, findMessage, type MessageRow } from './messages.ts'
import { sent } from './send.ts'
import { lockThread } from './thread-lock.ts'
import { findThread } from './thread-row.ts'

/** Answers a message anew, beside the answer it has: nothing is overwritten. Asking again for the same is harmless. */
export async function regenerate(ctx: UserContext, input: z.output<typeof regenerateInput>): Promise<Sent> {
  const { deps, userId } = ctx
  const { prisma } = deps.db
  const { parentId, threadId } = await findReply(ctx, input.replyId)
  if (!parentId) throw new Problem('BAD_REQUEST', 'This reply answers no message, so it cannot be answered anew.')
  const begun = await prisma.$transaction(async (tx) => {
    const thread = await lockThread(tx, { userId, id: threadId, now: deps.clock.now() })
    const known = await findMessage(tx, userId, input.newReplyId)
    if (known && known.parentId !== parentId) throw idTaken()
    if (known) return null
    const { nextAt: at, model: modelId } = thread
    return insertReply(tx, ctx, { replyId: input.newReplyId, threadId, parentId, at, modelId })
  })
  if (begun) deps.chat.begin(begun.job)
  return sent(prisma, userId, parentId, input.newReplyId)
}

/** Writes on where a reply stopped. A reply that is being written, or is whole, is answered as it is. */
export async function continueReply(ctx: UserContext, input: z.output<typeof replyIdInput>): Promise<Message> {
  const { deps, userId, user } = ctx
  const reply = await findReply(ctx, input.replyId)
  if (reply.status === 'failed') {
    throw new Problem('BAD_REQUEST', 'There is nothing of this reply to continue: retry it instead.')
  }
  const owner = v7()
  const thread = await findThread(deps.db.prisma, userId, reply.threadId)
  const model = deps.chat.models.named(thread?.model ?? null)
  const [taken] = await deps.db.prisma.$queryRaw<{ run: number; text: string }[]>`
    update message set status = 'streaming', failure = null, run = run + 1, stop_requested = false, updated_at = now(),
      model = ${model.name}, lease_owner = ${owner}::uuid, lease_until = ${leaseEnd}
    where user_id = ${userId}::uuid and id = ${input.replyId}::uuid and status = 'interrupted' returning run, text`
  if (taken) {
    const { timeZone, locale } = user
    const { run, text: partial } = taken
    const { id: replyId, threadId } = reply
    deps.chat.begin({ userId, replyId, threadId, owner, model, run, partial, timeZone, locale })
  }
  return describeMessage(deps.db.prisma, userId, await findReply(ctx, input.replyId))
}

/** Ends a reply and keeps what came. A reply that has ended is answered as it is. */
export async function stopReply(ctx: UserContext, input: z.output<typeof replyIdInput>): Promise<Message> {
  await findReply(ctx, input.replyId)
  await ctx.deps.chat.stop(ctx.userId, input.replyId)
  return describeMessage(ctx.deps.db.prisma, ctx.userId, await findReply(ctx, input.replyId))
}

async function findReply({ deps, userId }: UserContext, replyId: string): Promise<MessageRow> {
  const reply = await findMessage(deps.db.prisma, userId, replyId)
  if (reply?.author !== 'assistant') throw new Problem('NOT_FOUND', 'This reply does not exist.')
  return reply
}

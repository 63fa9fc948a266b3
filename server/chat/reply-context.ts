import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Problem } from '#server/problem.ts'
import type { ReplyContext, replyIdInput } from '#shared/chat.ts'
import { describeMessage, findMessage } from './messages.ts'

/** What was put before the model for a reply, to the letter. */
export async function openContext(
  { deps, userId }: UserContext,
  { replyId }: z.output<typeof replyIdInput>,
): Promise<ReplyContext> {
  const { prisma } = deps.db
  const reply = await findMessage(prisma, userId, replyId)
  const given = reply && (await prisma.replyContext.findUnique({ where: { userId_replyId: { userId, replyId } } }))
  if (!given) throw new Problem('NOT_FOUND', 'Nothing is kept of what this reply was made from.')
  const { model, recalled } = await describeMessage(prisma, userId, reply)
  return {
    replyId,
    model,
    turns: given.turns as unknown as ReplyContext['turns'],
    omitted: given.omitted,
    recalled,
    createdAt: given.createdAt.toISOString(),
  }
}

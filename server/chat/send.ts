import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Prisma } from '#server/db/generated/client.ts'
import { rememberMessage } from '#server/memory/conversation.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import { Problem } from '#server/problem.ts'
import type { Message, Sent, sendInput } from '#shared/chat.ts'
import { idTaken, insertReply } from './begin-reply.ts'
import type { Job } from './generation.ts'
import { type Db, describeMessages, findMessage } from './messages.ts'
import { lockThread } from './thread-lock.ts'
import { claimThread } from './thread-row.ts'
import { titleFrom } from './title.ts'

type Input = z.output<typeof sendInput>

/**
 * Stores a message and an empty reply to it, and starts to write the reply. It answers as soon as both are stored.
 * Sending the same again stores nothing and answers the same.
 *
 * @throws {Problem} NOT_FOUND for a thread that is deleted or somebody else's, or a parent that is not in it; CONFLICT
 * when one of the ids is known for something else.
 */
export async function send(ctx: UserContext, input: Input): Promise<Sent> {
  const { deps, userId } = ctx
  const job = await deps.db.prisma.$transaction((tx) => store(tx, ctx, input))
  if (job) deps.chat.begin(job)
  return sent(deps.db.prisma, userId, input.messageId, input.replyId)
}

/** The generation to begin; null when all of it was stored before. */
async function store(tx: Prisma.TransactionClient, ctx: UserContext, input: Input): Promise<Job | null> {
  const { userId, deps } = ctx
  const { threadId, messageId, replyId, text } = input
  const now = deps.clock.now()
  await lockIndex(tx, userId)
  await claimThread(tx, { userId, id: threadId, temporary: false, at: new Date(now) })
  const thread = await lockThread(tx, { userId, id: threadId, now })
  if (await isRepeated(tx, userId, input)) return null

  const parentId = input.parentId === undefined ? thread.newestId : await parentIn(tx, userId, input)
  const at = thread.nextAt
  const message = { id: messageId, threadId, author: 'user', authorName: null, text, createdAt: at } as const
  const { count } = await tx.message.createMany({ data: [{ userId, parentId, ...message }], skipDuplicates: true })
  if (count === 0) throw idTaken()
  const job = await insertReply(tx, ctx, {
    replyId,
    threadId,
    parentId: messageId,
    at: new Date(at.getTime() + 1),
    modelId: thread.model,
  })
  const title = thread.titled ? '' : titleFrom(text)
  await tx.thread.update({
    where: { userId_id: { userId, id: threadId } },
    data: { activeAt: at, ...(title ? { title, titleSource: 'automatic' as const } : {}) },
  })
  if (!thread.temporary) await rememberMessage(tx, { userId, message, learn: thread.remember })
  return job
}

async function isRepeated(tx: Db, userId: string, { threadId, messageId, replyId, text }: Input): Promise<boolean> {
  const message = await findMessage(tx, userId, messageId)
  if (!message) return false
  const reply = await findMessage(tx, userId, replyId)
  if (message.threadId !== threadId || message.author !== 'user' || reply?.parentId !== messageId) throw idTaken()
  if (message.text !== text) {
    throw new Problem('CONFLICT', 'This message was sent before with another text: send the new one as a new message.')
  }
  return true
}

async function parentIn(tx: Db, userId: string, { threadId, parentId }: Input): Promise<string | null> {
  if (!parentId) return null
  const parent = await findMessage(tx, userId, parentId)
  if (parent?.threadId !== threadId) {
    throw new Problem('NOT_FOUND', 'The message that this one follows is not in this conversation.')
  }
  return parentId
}

export async function sent(db: Db, userId: string, messageId: string, replyId: string): Promise<Sent> {
  const rows = await Promise.all([findMessage(db, userId, messageId), findMessage(db, userId, replyId)])
  const [message, reply]: Message[] = await describeMessages(
    db,
    userId,
    rows.filter((row) => row !== null),
  )
  if (!message || !reply) throw new Problem('NOT_FOUND', 'This message was deleted.')
  return { message, reply }
}

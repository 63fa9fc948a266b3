import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Prisma } from '#server/db/generated/client.ts'
import { rememberSaid } from '#server/memory/conversation.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import { Problem } from '#server/problem.ts'
import type { Message, Sent, sendInput } from '#shared/chat.ts'
import { type Begun, idTaken, insertExchange } from './begin-reply.ts'
import { asNew, type Db, describeMessages, findMessage, type MessageRow } from './messages.ts'
import { findAndLock, type LockedThread, lockThread } from './thread-lock.ts'
import { insertThread, summary, type ThreadRow } from './thread-row.ts'
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
  const stored = await deps.db.prisma.$transaction((tx) => store(tx, ctx, input))
  if (!stored) return sent(deps.db.prisma, userId, input.messageId, input.replyId)
  deps.chat.begin(stored.job)
  const { message, reply, thread, statements } = stored
  const answer =
    statements > 0
      ? await describeSent(deps.db.prisma, userId, [message, reply])
      : { message: asNew(message), reply: asNew(reply) }
  return thread ? { ...answer, thread: summary(thread) } : answer
}

interface Stored extends Begun {
  message: MessageRow
  /** How many statements about themselves the user made in it. */
  statements: number
  /** The thread, if it was begun. */
  thread: ThreadRow | null
}

/** Null when all of it was stored before. Each statement is waited for before the model is asked, so they are few. */
async function store(tx: Prisma.TransactionClient, ctx: UserContext, input: Input): Promise<Stored | null> {
  const { userId, deps } = ctx
  const { threadId, messageId, replyId, text } = input
  const now = deps.clock.now()
  const index = await lockIndex(tx, userId)
  const known = await findAndLock(tx, { userId, id: threadId, now })
  const made = known ? null : await insertThread(tx, { ...input.newThread, userId, id: threadId, at: new Date(now) })
  const thread = known ?? (made ? asLocked(made) : await lockThread(tx, { userId, id: threadId, now }))
  const parentId = input.parentId === undefined ? thread.newestId : await parentIn(tx, userId, input)
  const { nextAt: at, model: modelId } = thread
  const question = { id: messageId, threadId, parentId, text, at }
  const title = thread.titled ? '' : titleFrom(text)
  const begun = await insertExchange(tx, ctx, question, { replyId, modelId, title })
  if (!begun) {
    if (await isRepeated(tx, userId, input)) return null
    throw idTaken()
  }
  const said = { userId, message: begun.message, learn: thread.remember }
  const statements = thread.temporary ? 0 : await rememberSaid(tx, index, said)
  return { ...begun, statements, thread: made && { ...made, title } }
}

/** A thread that this transaction has made: nobody else sees it before it is committed. */
function asLocked({ temporary, remember, model, createdAt }: ThreadRow): LockedThread {
  return { titled: false, temporary, remember, model, nextAt: createdAt, newestId: null }
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
  return describeSent(
    db,
    userId,
    rows.filter((row) => row !== null),
  )
}

async function describeSent(db: Db, userId: string, rows: MessageRow[]): Promise<Sent> {
  const [message, reply]: Message[] = await describeMessages(db, userId, rows)
  if (!message || !reply) throw new Problem('NOT_FOUND', 'This message was deleted.')
  return { message, reply }
}

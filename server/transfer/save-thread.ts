import { createHash } from 'node:crypto'
import { addToIndex } from '#server/memory/index/add.ts'
import type { Tx } from '#server/memory/index/lock.ts'
import { asIndexable } from '#server/memory/indexable.ts'
import type { ImportedThread } from './imported.ts'

/**
 * Stores the messages from `from` up to `to` of a conversation and makes them searchable; what is stored already stays as
 * it is. Nothing is remembered from it: that is for what a person says here.
 *
 * @returns how many messages were new.
 */
export async function saveThread(
  tx: Tx,
  userId: string,
  thread: ImportedThread,
  from = 0,
  to = thread.messages.length,
): Promise<number> {
  const idOf = await ids(tx, userId, thread.key)
  const threadId = idOf()
  await tx.thread.createMany({
    data: {
      userId,
      id: threadId,
      title: thread.title,
      titleSource: thread.title ? 'person' : 'none',
      createdAt: thread.createdAt,
      activeAt: thread.messages.at(-1)?.createdAt ?? thread.createdAt,
    },
    skipDuplicates: true,
  })
  const messages = thread.messages.slice(from, to).map((message, at) => {
    const parent = thread.messages[from + at - 1]
    return { ...message, id: idOf(message.key), threadId, parentId: parent ? idOf(parent.key) : null }
  })
  const known = await tx.message.findMany({
    where: { userId, id: { in: messages.map(({ id }) => id) } },
    select: { id: true },
  })
  const knownIds = new Set(known.map(({ id }) => id))
  const added = messages.filter(({ id }) => !knownIds.has(id))
  await tx.message.createMany({
    data: added.map(({ id, parentId, author, authorName, text, createdAt }) => ({
      userId,
      id,
      threadId,
      parentId,
      author,
      authorName,
      text,
      createdAt,
    })),
  })
  await addToIndex(tx, userId, added.map(asIndexable))
  return added.length
}

/** The ids of a conversation and its messages: their own if they come back to where they were exported, else derived. */
async function ids(tx: Tx, userId: string, threadKey: string): Promise<(messageKey?: string) => string> {
  const isHere =
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(threadKey) &&
    (await tx.thread.findUnique({ where: { userId_id: { userId, id: threadKey } }, select: { id: true } }))
  if (isHere) return (messageKey = threadKey) => messageKey
  return (messageKey) => derivedId(userId, threadKey, messageKey)
}

/** A uuid (version 8) that the same user's import of the same thing always gives, and no other's does. */
export function derivedId(userId: string, threadKey: string, messageKey = ''): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([userId, threadKey, messageKey]))
    .digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

import { createHash } from 'node:crypto'
import { addToIndex } from '#server/memory/index/add.ts'
import type { Tx } from '#server/memory/index/lock.ts'
import { asIndexable } from '#server/memory/indexable.ts'
import type { ImportedThread } from './imported.ts'

/**
 * Stores a conversation and makes it searchable; what is stored already stays as it is. Nothing is remembered from it:
 * its author did not say it here.
 *
 * @returns how many messages were new.
 */
export async function saveThread(tx: Tx, userId: string, thread: ImportedThread): Promise<number> {
  const threadId = derivedId(userId, thread.key)
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
  const messages = thread.messages.map((message, index) => ({
    ...message,
    id: derivedId(userId, message.key),
    threadId,
    parentId: index === 0 ? null : derivedId(userId, thread.messages[index - 1]?.key ?? ''),
  }))
  const known = await tx.message.findMany({
    where: { userId, id: { in: messages.map(({ id }) => id) } },
    select: { id: true },
  })
  const knownIds = new Set(known.map(({ id }) => id))
  const added = messages.filter(({ id }) => !knownIds.has(id))
  await tx.message.createMany({ data: added.map(({ key: _, ...message }) => ({ userId, ...message })) })
  await addToIndex(tx, userId, added.map(asIndexable))
  return added.length
}

/** A uuid (version 8) that the same user's import of the same thing always gives, and no other's does. */
export function derivedId(userId: string, key: string): string {
  const hash = createHash('sha256').update(`${userId} ${key}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

import { Prisma } from '#server/db/generated/client.ts'
import { addToIndex } from './index/add.ts'
import type { Locked, Tx } from './index/lock.ts'
import { asIndexable, refreshMessages, type SearchableMessage } from './indexable.ts'
import { keep } from './keep.ts'
import { findStatements } from './learn/statements.ts'

interface Said {
  userId: string
  message: SearchableMessage
  /** Whether what the user states in it may become a memory: their thread's `remember`. */
  learn: boolean
}

/**
 * Makes what a user has just said searchable and keeps what they state about themselves, within the transaction that
 * stores it, after its row. Not for temporary threads. `locked` is what the index's lock told this transaction.
 *
 * @returns how many statements were found.
 */
export async function rememberSaid(tx: Tx, locked: Locked, { userId, message, learn }: Said): Promise<number> {
  await addToIndex(tx, userId, [asIndexable(message)], locked)
  const statements = learn ? findStatements(message.text) : []
  for (const { text, kind, decided } of statements) {
    const statement = { text, kind, decided, sourceMessageId: message.id, origin: 'chat' } as const
    await keep(tx, userId, statement, message.createdAt)
  }
  return statements.length
}

/**
 * Brings search in line with a finished message, as its row says now. Doing it again, for a text that has grown, leaves
 * one entry. Not for replies that only quote what was recalled.
 */
export async function refreshMessage(tx: Tx, userId: string, messageId: string): Promise<void> {
  await refreshMessages(tx, userId, Prisma.sql`message.id = ${messageId}::uuid`)
}

/**
 * Brings search in line with a thread after it was deleted, restored, or made temporary, as its row says now.
 */
export async function refreshThread(tx: Tx, { userId, threadId }: { userId: string; threadId: string }): Promise<void> {
  await refreshMessages(tx, userId, Prisma.sql`message.thread_id = ${threadId}::uuid`)
}

/** Notes that a reply used these memories, which makes them stronger. */
export async function noteRecalled(tx: Tx, userId: string, memoryIds: readonly string[], now: Date): Promise<void> {
  if (memoryIds.length === 0) return
  await tx.$executeRaw`
    update memory set recalls = recalls + 1, last_recalled_at = ${now}
    where user_id = ${userId}::uuid and id = any(${memoryIds}::uuid[])`
}

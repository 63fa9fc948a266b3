import { Prisma } from '#server/db/generated/client.ts'
import type { Tx } from './index/lock.ts'
import { refreshMessages, type SearchableMessage } from './indexable.ts'
import { keep } from './keep.ts'
import { findStatements } from './learn/statements.ts'

interface Said {
  userId: string
  message: SearchableMessage
  /** Whether what the user states in it may become a memory: their thread's `remember`. */
  learn: boolean
}

/**
 * Makes a finished message searchable and keeps what its author states about themselves, within the transaction that
 * stores it, after its row. Not for temporary threads, nor for replies that only quote what was recalled. Doing it
 * again, for a text that has grown, leaves one entry.
 */
export async function rememberMessage(tx: Tx, { userId, message, learn }: Said): Promise<void> {
  await refreshMessages(tx, userId, Prisma.sql`message.id = ${message.id}::uuid`)
  if (!learn || message.author !== 'user') return
  for (const { text, kind, decided } of findStatements(message.text)) {
    const statement = { text, kind, decided, sourceMessageId: message.id, origin: 'chat' } as const
    await keep(tx, userId, statement, message.createdAt)
  }
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

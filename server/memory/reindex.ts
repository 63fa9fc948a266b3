import { Prisma } from '#server/db/generated/client.ts'
import type { Caller } from './caller.ts'
import { addToIndex } from './index/add.ts'
import { lockIndex } from './index/lock.ts'
import { asIndexableMemory, refreshMessages } from './indexable.ts'
import { TOKENIZER_VERSION } from './text/terms.ts'

/** One user's whole index is rebuilt in one transaction: half of it would find half of their words. */
const LONGEST_MS = 30 * 60 * 1000
const MEMORIES_AT_ONCE = 1_000

/** Builds every index anew that was made by another version of the tokenizer. Returns how many there were. */
export async function reindexStale({ db }: Pick<Caller['deps'], 'db'>): Promise<number> {
  const stale = await db.prisma.textIndex.findMany({
    where: { tokenizerVersion: { not: TOKENIZER_VERSION } },
    select: { userId: true },
  })
  for (const { userId } of stale) {
    await db.prisma.$transaction((tx) => reindex(tx, userId), { timeout: LONGEST_MS })
  }
  return stale.length
}

async function reindex(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await lockIndex(tx, userId)
  await tx.indexedText.deleteMany({ where: { userId } })
  await tx.posting.deleteMany({ where: { userId } })
  await tx.textIndex.update({
    where: { userId },
    data: {
      nextMemory: 0,
      nextMessage: 0,
      texts: 0,
      terms: 0,
      languages: [],
      speakers: [],
      embeddingModel: null,
      embeddedMemories: 0,
      embeddedMessages: 0,
      tokenizerVersion: TOKENIZER_VERSION,
    },
  })
  const memories = await tx.memory.findMany({ where: { userId, status: 'kept' }, orderBy: { createdAt: 'asc' } })
  for (let start = 0; start < memories.length; start += MEMORIES_AT_ONCE) {
    await addToIndex(tx, userId, memories.slice(start, start + MEMORIES_AT_ONCE).map(asIndexableMemory))
  }
  const threads = await tx.thread.findMany({ where: { userId }, select: { id: true }, orderBy: { createdAt: 'asc' } })
  for (const { id } of threads) await refreshMessages(tx, userId, Prisma.sql`message.thread_id = ${id}::uuid`)
}

import type { Caller } from './caller.ts'
import { UNDO_MS } from './forget.ts'
import { lockIndex, type Tx } from './index/lock.ts'

/** Everything of one person is erased in one transaction: half of it would be neither. */
export const LONGEST_ERASURE_MS = 10 * 60 * 1000

/**
 * Erases all that a person said and all that was remembered, at once and for good: conversations, memories, tombstones
 * and the index of them.
 */
export async function forgetEverything({ deps, userId }: Caller): Promise<void> {
  await deps.db.prisma.$transaction((tx) => eraseEverything(tx, userId), { timeout: LONGEST_ERASURE_MS })
}

export async function eraseEverything(tx: Tx, userId: string): Promise<void> {
  await lockIndex(tx, userId)
  await tx.thread.deleteMany({ where: { userId } })
  await tx.memory.deleteMany({ where: { userId } })
  await tx.posting.deleteMany({ where: { userId } })
  await tx.indexedText.deleteMany({ where: { userId } })
  await tx.textIndex.deleteMany({ where: { userId } })
}

/**
 * Erases the texts of what was forgotten or declined longer ago than can be undone. What remains says only that these
 * facts are not to be found again.
 */
export async function eraseForgotten({ db, clock }: Caller['deps']): Promise<void> {
  const before = new Date(clock.now() - UNDO_MS)
  await db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      update memory_version set text = '' from memory
      where memory.user_id = memory_version.user_id and memory.id = memory_version.memory_id
        and memory.status in ('forgotten', 'declined') and memory.forgotten_at <= ${before} and memory_version.text <> ''`
    await tx.$executeRaw`
      delete from memory_entity using memory
      where memory.user_id = memory_entity.user_id and memory.id = memory_entity.memory_id
        and memory.status in ('forgotten', 'declined') and memory.forgotten_at <= ${before}`
    await tx.$executeRaw`
      update memory set text = '', tags = '{}', sole_fact = null
      where status in ('forgotten', 'declined') and forgotten_at <= ${before} and text <> ''`
  })
}

import { addToIndex } from './index/add.ts'
import type { Tx } from './index/lock.ts'
import { removeFromIndex } from './index/remove.ts'
import { asIndexableMemory } from './indexable.ts'
import { linkMemory, unlinkMemories } from './link.ts'

/** Puts a kept memory into search and into the network, as it reads now. */
export async function exposeMemory(tx: Tx, userId: string, id: string): Promise<void> {
  await concealMemories(tx, userId, [id])
  const memory = await tx.memory.findUniqueOrThrow({ where: { userId_id: { userId, id } } })
  await addToIndex(tx, userId, [asIndexableMemory(memory)])
  await linkMemory(tx, userId, memory)
}

/** Takes memories out of search and out of the network. */
export async function concealMemories(tx: Tx, userId: string, ids: readonly string[]): Promise<void> {
  await removeFromIndex(tx, userId, ids)
  await unlinkMemories(tx, userId, ids)
}

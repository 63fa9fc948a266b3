import { addToIndex } from './index/add.ts'
import type { Tx } from './index/lock.ts'
import { removeFromIndex } from './index/remove.ts'
import { asIndexableMemory } from './indexable.ts'
import { linkMemory, unlinkMemory } from './link.ts'

/** Puts a kept memory into search and into the network, as it reads now. */
export async function exposeMemory(tx: Tx, userId: string, id: string): Promise<void> {
  await concealMemory(tx, userId, id)
  const memory = await tx.memory.findUniqueOrThrow({ where: { userId_id: { userId, id } } })
  await addToIndex(tx, userId, [asIndexableMemory(memory)])
  await linkMemory(tx, userId, memory)
}

/** Takes a memory out of search and out of the network. */
export async function concealMemory(tx: Tx, userId: string, id: string): Promise<void> {
  await removeFromIndex(tx, userId, [id])
  await unlinkMemory(tx, userId, id)
}

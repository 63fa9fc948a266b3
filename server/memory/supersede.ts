import { concealMemory, exposeMemory } from './expose.ts'
import type { Tx } from './index/lock.ts'
import { soleFact } from './learn/statements.ts'

/** Puts a kept memory into search and network; one of which there can be only one takes the place of the last. */
export async function takePlace(tx: Tx, userId: string, id: string, now: Date): Promise<void> {
  await exposeMemory(tx, userId, id)
  const memory = await tx.memory.findUniqueOrThrow({ where: { userId_id: { userId, id } } })
  const fact = soleFact(memory.text)
  if (!fact) return
  const others = await tx.memory.findMany({ where: { userId, status: 'kept', kind: memory.kind, id: { not: id } } })
  for (const old of others.filter(({ text }) => soleFact(text) === fact)) {
    await tx.memory.update({
      where: { userId_id: { userId, id: old.id } },
      data: { status: 'superseded', supersededById: id, validTo: now },
    })
    await concealMemory(tx, userId, old.id)
  }
}

/** What a forgotten memory had replaced is true again, as far as is known: nothing kept is lost by a wrong guess. */
export async function giveBackPlace(tx: Tx, userId: string, id: string): Promise<void> {
  const replaced = await tx.memory.findMany({ where: { userId, supersededById: id, status: 'superseded' } })
  for (const old of replaced) {
    const same = await tx.memory.findFirst({
      where: { userId, fingerprint: old.fingerprint, status: { in: ['kept', 'suggested'] } },
    })
    if (same) continue
    await tx.memory.update({
      where: { userId_id: { userId, id: old.id } },
      data: { status: 'kept', supersededById: null, validTo: null },
    })
    await exposeMemory(tx, userId, old.id)
  }
}

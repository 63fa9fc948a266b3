import { concealMemories, exposeMemory } from './expose.ts'
import type { Tx } from './index/lock.ts'

/** Puts a kept memory into search and network; one of which there can be only one takes the place of the last. */
export async function takePlace(tx: Tx, userId: string, id: string, now: Date): Promise<void> {
  await exposeMemory(tx, userId, id)
  const { soleFact } = await tx.memory.findUniqueOrThrow({ where: { userId_id: { userId, id } } })
  if (!soleFact) return
  const others = { userId, soleFact, status: 'kept', id: { not: id } } as const
  const replaced = await tx.memory.findMany({ where: others, select: { id: true } })
  const old = replaced.map((memory) => memory.id)
  if (old.length > 0) await supersede(tx, userId, old, id, now)
}

/** Makes history of memories that another takes the place of, as far as they and it are kept. */
export async function supersede(
  tx: Tx,
  userId: string,
  oldIds: readonly string[],
  id: string,
  now: Date,
): Promise<void> {
  const replaced = await tx.$queryRaw<{ id: string }[]>`
    update memory set status = 'superseded', superseded_by_id = ${id}::uuid, valid_to = ${now}
    where user_id = ${userId}::uuid and id = any(${oldIds}::uuid[]) and status = 'kept' and id <> ${id}::uuid
      and exists (
        select 1 from memory as new where new.user_id = ${userId}::uuid and new.id = ${id}::uuid and new.status = 'kept')
    returning id`
  await concealMemories(
    tx,
    userId,
    replaced.map((memory) => memory.id),
  )
}

/**
 * What forgotten memories had replaced is true again, as far as is known, and behind one that is forgotten too what that
 * had replaced: nothing kept is lost by a wrong guess. The memories must have been kept until now.
 */
export async function giveBackPlaces(tx: Tx, userId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const replaced = await tx.memory.findMany({
    where: { userId, supersededById: { in: [...ids] }, status: { in: ['superseded', 'forgotten'] } },
  })
  const gone = replaced.filter(({ status }) => status === 'forgotten')
  await giveBackPlaces(
    tx,
    userId,
    gone.map(({ id }) => id),
  )
  for (const old of replaced.filter(({ status }) => status === 'superseded')) {
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

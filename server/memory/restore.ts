import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { Memory, memoryIdInput } from '#shared/memory.ts'
import type { restoreManyInput } from '#shared/memory-selection.ts'
import type { Caller } from './caller.ts'
import { UNDO_MS } from './forget.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { refreshMessages, tellingMessages } from './indexable.ts'
import { readMemory } from './read.ts'
import { NO_SUCH_MEMORY } from './remember.ts'
import { takePlace } from './supersede.ts'

/** In one transaction, so that other requests of the person are not kept waiting long. */
const AT_ONCE = 100

type Row = NonNullable<Awaited<ReturnType<Tx['memory']['findUnique']>>>

/**
 * Undoes forgetting, declining and superseding. A memory that meanwhile came back another way is not made twice.
 *
 * @throws {Problem} NOT_FOUND when there is nothing to bring back, or its text is erased.
 */
export async function restoreMemory({ deps, userId }: Caller, { id }: z.output<typeof memoryIdInput>): Promise<Memory> {
  const now = new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const row = await tx.memory.findUnique({ where: { userId_id: { userId, id } } })
    if (!row) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    if (isErased(row, now)) throw new Problem('NOT_FOUND', 'This memory is erased for good; you can add it again.')
    const restored = await bringBack(tx, row, now)
    await bringBackPast(tx, row, now)
    const memory = await readMemory(tx, userId, restored, now)
    if (!memory) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    return memory
  })
}

/** Undoes `forgetMemories`. What cannot be brought back any more is passed over; doing it again goes on where it ended. */
export async function restoreMemories(
  { deps, userId }: Caller,
  { ids }: z.output<typeof restoreManyInput>,
): Promise<{ restored: number }> {
  let restored = 0
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    restored += await deps.db.prisma.$transaction(
      (tx) => bringBackForgotten(tx, userId, ids.slice(from, from + AT_ONCE), new Date(deps.clock.now())),
      { timeout: LONGEST_MS },
    )
  }
  return { restored }
}

const LONGEST_MS = 60_000

/** Of these memories, those that are forgotten and not erased yet, those replaced before those that replaced them. */
export async function bringBackForgotten(tx: Tx, userId: string, ids: readonly string[], now: Date): Promise<number> {
  await lockIndex(tx, userId)
  const rows = await tx.memory.findMany({
    where: { userId, id: { in: [...ids] }, status: 'forgotten' },
    orderBy: { createdAt: 'asc' },
  })
  const left = rows.filter((row) => !isErased(row, now))
  for (const row of left) await bringBack(tx, row, now)
  return left.length
}

/** What the same fact was before, and was forgotten with it. */
async function bringBackPast(tx: Tx, { userId, fingerprint, forgottenAt }: Row, now: Date): Promise<void> {
  if (!forgottenAt) return
  const past = await tx.memory.findMany({
    where: { userId, fingerprint, forgottenAt, status: 'forgotten', forgottenFrom: 'superseded' },
  })
  for (const memory of past) await bringBack(tx, memory, now)
}

/** The id of the memory that says it now. */
async function bringBack(tx: Tx, memory: Row, now: Date): Promise<string> {
  const { userId, id } = memory
  if (memory.status === 'kept' || memory.status === 'suggested') return id
  const status = memory.forgottenFrom ?? 'kept'
  const same =
    status !== 'superseded' &&
    (await tx.memory.findFirst({
      where: { userId, fingerprint: memory.fingerprint, status: { in: ['kept', 'suggested'] } },
    }))
  if (same) {
    await merge(tx, memory, same)
    return same.id
  }
  await tx.memory.update({
    where: { userId_id: { userId, id } },
    data: {
      status,
      forgottenAt: null,
      forgottenFrom: null,
      ...(status === 'kept' ? { supersededById: null, validTo: null } : {}),
      updatedAt: now,
    },
  })
  if (status === 'kept') await takePlace(tx, userId, id, now)
  await refreshMessages(tx, userId, Prisma.sql`message.id in ${tellingMessages([id])}`)
  return id
}

/** Lets a memory that says the same take the place of a forgotten one, with the messages it was said in. */
async function merge(tx: Tx, { userId, id }: Row, same: Row): Promise<void> {
  const sources = await tx.memorySource.findMany({ where: { userId, memoryId: id } })
  await tx.memorySource.createMany({
    data: sources.map(({ messageId }) => ({ userId, memoryId: same.id, messageId })),
    skipDuplicates: true,
  })
  // What it corrected stays corrected: numbers below zero are of no version that can be read.
  await tx.$executeRaw`
    insert into memory_version (user_id, memory_id, version, text, fingerprint, created_at)
    select user_id, ${same.id}::uuid, row_number() over (order by version) * -1 + least(0, (
        select min(version) from memory_version where user_id = ${userId}::uuid and memory_id = ${same.id}::uuid)),
      '', fingerprint, created_at
    from memory_version where user_id = ${userId}::uuid and memory_id = ${id}::uuid`
  await tx.memory.delete({ where: { userId_id: { userId, id } } })
  await refreshMessages(tx, userId, Prisma.sql`message.id in ${tellingMessages([same.id])}`)
}

function isErased({ text, forgottenAt }: Row, now: Date): boolean {
  return text === '' || (forgottenAt !== null && forgottenAt.getTime() + UNDO_MS <= now.getTime())
}

import type { z } from 'zod'
import { Problem } from '#server/problem.ts'
import type { Memory, memoryIdInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { lockIndex } from './index/lock.ts'
import { readMemory } from './read.ts'
import { NO_SUCH_MEMORY } from './remember.ts'
import { takePlace } from './supersede.ts'

type Input = z.output<typeof memoryIdInput>

/**
 * Says no to a suggestion for good: it is not suggested again. Doing it twice does it once.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function declineSuggestion({ deps, userId }: Caller, { id }: Input): Promise<void> {
  const now = new Date(deps.clock.now())
  const key = { userId_id: { userId, id } }
  await deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const status = (await tx.memory.findUnique({ where: key, select: { status: true } }))?.status
    if (status === 'declined') return
    if (status !== 'suggested') throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    const data = { status: 'declined', forgottenAt: now, forgottenFrom: 'suggested', updatedAt: now } as const
    await tx.memory.update({ where: key, data })
  })
}

/**
 * Keeps what was suggested. Doing it twice does it once.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function approveSuggestion({ deps, userId }: Caller, { id }: Input): Promise<Memory> {
  const now = new Date(deps.clock.now())
  const key = { userId_id: { userId, id } }
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const status = (await tx.memory.findUnique({ where: key, select: { status: true } }))?.status
    if (status === 'suggested') {
      await tx.memory.update({ where: key, data: { status: 'kept', updatedAt: now } })
      await takePlace(tx, userId, id, now)
    }
    const memory = status === 'kept' || status === 'suggested' ? await readMemory(tx, userId, id, now) : null
    if (!memory) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    return memory
  })
}

import type { z } from 'zod'
import { Problem } from '#server/problem.ts'
import type { Added, addInput, editInput, Memory } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { describeMemory } from './describe.ts'
import { fingerprint } from './fingerprint.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { keep } from './keep.ts'
import { readMemory } from './read.ts'
import { takePlace } from './supersede.ts'

export const NO_SUCH_MEMORY = 'There is no such memory: it may have been forgotten on another device.'

/**
 * Keeps what a person asks to have remembered. A fact they forgot comes back if they say it again.
 *
 * @throws {Problem} NOT_FOUND when the source is no message of theirs.
 */
export async function addMemory({ deps, userId }: Caller, input: z.output<typeof addInput>): Promise<Added> {
  const now = new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    if (input.sourceMessageId) await requireMessage(tx, userId, input.sourceMessageId)
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null
    const kept = await keep(tx, userId, { ...input, expiresAt, origin: 'person', decided: 'by person' }, now)
    const memory = kept && (await readMemory(tx, userId, kept.id, now))
    if (!memory) throw new Error('What a person asks to keep is always kept')
    return { memory, outcome: kept.outcome }
  })
}

async function requireMessage(tx: Tx, userId: string, id: string): Promise<void> {
  const message = await tx.message.findUnique({ where: { userId_id: { userId, id } }, select: { id: true } })
  if (!message) throw new Problem('NOT_FOUND', 'There is no such message to remember: it may have been deleted.')
}

/**
 * Corrects a memory; what it said before stays as a version. Its source, strength and links stay with it.
 *
 * @throws {Problem} NOT_FOUND; CONFLICT when another memory says the very same.
 */
export async function editMemory({ deps, userId }: Caller, input: z.output<typeof editInput>): Promise<Memory> {
  const now = new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const key = { userId_id: { userId, id: input.id } }
    const memory = await tx.memory.findUnique({ where: key })
    if (!memory || !['kept', 'suggested'].includes(memory.status)) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    const print = fingerprint(input.text)
    const same = await tx.memory.findFirst({
      where: { userId, fingerprint: print, status: { in: ['kept', 'suggested'] }, id: { not: input.id } },
    })
    if (same) throw new Problem('CONFLICT', 'Another memory says this already: forget one of the two instead.')
    if (input.text !== memory.text) {
      const { version, text, fingerprint, updatedAt: createdAt } = memory
      await tx.memoryVersion.create({ data: { userId, memoryId: memory.id, version, text, fingerprint, createdAt } })
    }
    await tx.memory.update({
      where: key,
      data: {
        text: input.text,
        fingerprint: print,
        kind: input.kind,
        tags: input.tags,
        expiresAt: input.expiresAt === undefined ? undefined : input.expiresAt && new Date(input.expiresAt),
        version: input.text === memory.text ? memory.version : memory.version + 1,
        updatedAt: now,
      },
    })
    if (input.text !== memory.text) await describeMemory(tx, userId, input)
    if (memory.status === 'kept') await takePlace(tx, userId, memory.id, now)
    const edited = await readMemory(tx, userId, memory.id, now)
    if (!edited) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    return edited
  })
}

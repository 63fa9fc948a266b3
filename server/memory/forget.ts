import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { forgetManyInput, Memory, MemoryStatus, memoryIdInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { concealMemory } from './expose.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { refreshMessages, tellingMessages } from './indexable.ts'
import { readMemory } from './read.ts'
import { NO_SUCH_MEMORY } from './remember.ts'
import { giveBackPlace, takePlace } from './supersede.ts'

/** How long what was forgotten can be brought back before its text is erased, in milliseconds. */
export const UNDO_MS = 24 * 60 * 60 * 1000

/** As many in one transaction as it can do in time. */
const MOST_AT_ONCE = 500
const LONGEST_ERASURE_MS = 10 * 60 * 1000

type Row = NonNullable<Awaited<ReturnType<Tx['memory']['findUnique']>>>
type Input = z.output<typeof memoryIdInput>

/**
 * Takes a memory out of search, network, prompts and lists at once, with the messages that would tell it. Doing it
 * twice does it once.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function forgetMemory({ deps, userId }: Caller, { id }: Input): Promise<void> {
  await withMemory(deps, userId, id, forget)
}

/**
 * Forgets many at once: those named, and those that were said in a thread. What is forgotten already, or not theirs, is
 * passed over.
 *
 * @returns the ids of what was forgotten by this, for undoing it.
 */
export async function forgetMemories(
  { deps, userId }: Caller,
  { ids, threadId }: z.output<typeof forgetManyInput>,
): Promise<{ forgotten: string[] }> {
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const memories = await tx.$queryRaw<{ id: string }[]>`
      select id from memory where user_id = ${userId}::uuid and status not in ('forgotten', 'declined')
        and (id = any(${ids ?? []}::uuid[]) or exists (
          select 1 from memory_source as source
          join message on message.user_id = source.user_id and message.id = source.message_id
          where source.user_id = memory.user_id and source.memory_id = memory.id
            and message.thread_id = ${threadId ?? null}::uuid))
      limit ${MOST_AT_ONCE}`
    for (const { id } of memories) {
      const memory = await tx.memory.findUniqueOrThrow({ where: { userId_id: { userId, id } } })
      await forget(tx, memory, new Date(deps.clock.now()))
    }
    return { forgotten: memories.map(({ id }) => id) }
  })
}

/**
 * Erases all that a person said and all that was remembered, at once and for good: conversations, memories, tombstones
 * and the index of them.
 */
export async function forgetEverything({ deps, userId }: Caller): Promise<void> {
  await deps.db.prisma.$transaction(
    async (tx) => {
      await lockIndex(tx, userId)
      await tx.thread.deleteMany({ where: { userId } })
      await tx.memory.deleteMany({ where: { userId } })
      await tx.posting.deleteMany({ where: { userId } })
      await tx.indexedText.deleteMany({ where: { userId } })
      await tx.textIndex.deleteMany({ where: { userId } })
    },
    { timeout: LONGEST_ERASURE_MS },
  )
}

async function forget(tx: Tx, memory: Row, now: Date): Promise<void> {
  const { userId, id } = memory
  if (memory.status === 'forgotten') return
  await putAway(tx, memory, 'forgotten', now)
  await concealMemory(tx, userId, id)
  if (memory.status === 'kept') await giveBackPlace(tx, userId, id)
  await refreshMessages(tx, userId, Prisma.sql`message.id in ${tellingMessages([id])}`)
  // What was put before the model for a reply is a copy of the memory, and what was summed up for it tells it again.
  await tx.$executeRaw`
    delete from reply_context as context using message
    where message.user_id = ${userId}::uuid and message.id in ${tellingMessages([id])}
      and context.user_id = message.user_id and context.reply_id = message.id`
  await tx.$executeRaw`
    update thread set summary = '', summary_through_id = null from message
    where thread.user_id = ${userId}::uuid and thread.summary <> '' and message.user_id = thread.user_id
      and message.thread_id = thread.id and message.id in ${tellingMessages([id])}`
}

/** Says no to a suggestion for good: it is not suggested again. */
export async function declineSuggestion({ deps, userId }: Caller, { id }: Input): Promise<void> {
  await withMemory(deps, userId, id, async (tx, memory, now) => {
    if (memory.status === 'declined') return
    if (memory.status !== 'suggested') throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    await putAway(tx, memory, 'declined', now)
  })
}

export async function approveSuggestion({ deps, userId }: Caller, { id }: Input): Promise<Memory> {
  return withMemory(deps, userId, id, async (tx, memory, now) => {
    if (memory.status !== 'kept' && memory.status !== 'suggested') throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    if (memory.status === 'suggested') {
      await tx.memory.update({ where: { userId_id: { userId, id } }, data: { status: 'kept', updatedAt: now } })
      await takePlace(tx, userId, id, now)
    }
    return found(await readMemory(tx, userId, id, now))
  })
}

/**
 * Undoes forgetting, declining and superseding. A memory that meanwhile came back another way is not made twice.
 *
 * @throws {Problem} NOT_FOUND when there is nothing to bring back, or its text is erased.
 */
export async function restoreMemory({ deps, userId }: Caller, { id }: Input): Promise<Memory> {
  return withMemory(deps, userId, id, async (tx, memory, now) => {
    if (memory.status === 'kept' || memory.status === 'suggested') return found(await readMemory(tx, userId, id, now))
    if (isErased(memory, now)) throw new Problem('NOT_FOUND', 'This memory is erased for good; you can add it again.')
    const same = await tx.memory.findFirst({
      where: { userId, fingerprint: memory.fingerprint, status: { in: ['kept', 'suggested'] } },
    })
    if (same) {
      await merge(tx, memory, same)
      return found(await readMemory(tx, userId, same.id, now))
    }
    const status = memory.forgottenFrom ?? 'kept'
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
    return found(await readMemory(tx, userId, id, now))
  })
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
      update memory set text = '', tags = '{}'
      where status in ('forgotten', 'declined') and forgotten_at <= ${before} and text <> ''`
  })
}

async function withMemory<Result>(
  deps: Caller['deps'],
  userId: string,
  id: string,
  act: (tx: Tx, memory: Row, now: Date) => Promise<Result>,
): Promise<Result> {
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const memory = await tx.memory.findUnique({ where: { userId_id: { userId, id } } })
    if (!memory) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    return act(tx, memory, new Date(deps.clock.now()))
  })
}

/** Lets a memory that says the same take the place of a forgotten one, with the messages it was said in. */
async function merge(tx: Tx, { userId, id }: Row, same: Row): Promise<void> {
  const sources = await tx.memorySource.findMany({ where: { userId, memoryId: id } })
  await tx.memorySource.createMany({
    data: sources.map(({ messageId }) => ({ userId, memoryId: same.id, messageId })),
    skipDuplicates: true,
  })
  await tx.memory.delete({ where: { userId_id: { userId, id } } })
  await refreshMessages(tx, userId, Prisma.sql`message.id in ${tellingMessages([same.id])}`)
}

async function putAway(tx: Tx, { userId, id, status: from }: Row, status: MemoryStatus, now: Date): Promise<void> {
  const forgottenFrom = from === 'declined' ? 'suggested' : from
  await tx.memory.update({
    where: { userId_id: { userId, id } },
    data: { status, forgottenAt: now, forgottenFrom, updatedAt: now },
  })
}

function isErased({ text, forgottenAt }: Row, now: Date): boolean {
  return text === '' || (forgottenAt !== null && forgottenAt.getTime() + UNDO_MS <= now.getTime())
}

function found(memory: Memory | null): Memory {
  if (!memory) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
  return memory
}

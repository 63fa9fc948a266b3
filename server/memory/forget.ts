import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { memoryIdInput } from '#shared/memory.ts'
import { type ForgottenMany, type forgetManyInput, MANY } from '#shared/memory-selection.ts'
import type { Caller } from './caller.ts'
import { concealMemories } from './expose.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { refreshMessages, tellingMessages } from './indexable.ts'
import { CAN_BE_FORGOTTEN, selected } from './matching.ts'
import { NO_SUCH_MEMORY } from './remember.ts'
import { giveBackPlaces } from './supersede.ts'

/** How long what was forgotten can be brought back before its text is erased, in milliseconds. */
export const UNDO_MS = 24 * 60 * 60 * 1000

/** Thousands are forgotten in one transaction, for all of them must be gone at once. */
const LONGEST_MS = 2 * 60 * 1000

/**
 * Takes a memory out of search, network, prompts and lists at once, with the messages that would tell it. Doing it
 * twice does it once.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function forgetMemory({ deps, userId }: Caller, { id }: z.output<typeof memoryIdInput>): Promise<void> {
  await deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const memory = await tx.memory.findUnique({ where: { userId_id: { userId, id } }, select: { status: true } })
    if (!memory) throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
    if (memory.status !== 'forgotten') await forget(tx, userId, [id], new Date(deps.clock.now()))
  })
}

/**
 * Forgets many at once. What is forgotten already, or not theirs, is passed over.
 *
 * @returns the ids of what was forgotten by this, for undoing it.
 */
export async function forgetMemories(
  { deps, userId }: Caller,
  { ids: named, ...selection }: z.output<typeof forgetManyInput>,
): Promise<ForgottenMany> {
  return deps.db.prisma.$transaction(
    async (tx) => {
      await lockIndex(tx, userId)
      const rest = Object.values(selection).some((given) => given !== undefined)
      const which = rest ? await selected(tx, userId, selection) : Prisma.sql`false`
      const memories = await tx.$queryRaw<{ id: string }[]>`
        select id from memory where user_id = ${userId}::uuid and ${CAN_BE_FORGOTTEN}
          and (id = any(${named ?? []}::uuid[]) or ${which})
        limit ${MANY + 1}`
      const ids = memories.slice(0, MANY).map(({ id }) => id)
      const forgotten = await forget(tx, userId, ids, new Date(deps.clock.now()))
      return { forgotten, more: memories.length > MANY }
    },
    { timeout: LONGEST_MS },
  )
}

/**
 * The memories must be the user's, and not forgotten yet. What says the same in their history goes with them.
 *
 * @returns the ids of all that was forgotten.
 */
export async function forget(tx: Tx, userId: string, named: readonly string[], now: Date): Promise<string[]> {
  if (named.length === 0) return []
  const past = await tx.$queryRaw<{ id: string }[]>`
    select past.id from memory as past join memory as named
      on named.user_id = past.user_id and named.fingerprint = past.fingerprint and named.id = any(${named}::uuid[])
    where past.user_id = ${userId}::uuid and past.status = 'superseded'`
  const ids = [...new Set([...named, ...past.map(({ id }) => id)])]
  const forgotten = await tx.$queryRaw<{ id: string; from: string }[]>`
    update memory set status = 'forgotten', forgotten_at = ${now}, updated_at = ${now},
      forgotten_from = case when status = 'declined' then 'suggested' else status end
    where user_id = ${userId}::uuid and id = any(${ids}::uuid[])
    returning id, forgotten_from::text as from`
  await concealMemories(tx, userId, ids)
  const wereKept = forgotten.filter(({ from }) => from === 'kept').map(({ id }) => id)
  await giveBackPlaces(tx, userId, wereKept)
  await concealTelling(tx, userId, tellingMessages(ids))
  return ids
}

/**
 * Brings search in line for messages that tell of what was forgotten. What was put before the model for a reply is a copy
 * of it, and what was summed up for it tells it again: both go.
 */
export async function concealTelling(tx: Tx, userId: string, telling: Prisma.Sql): Promise<void> {
  await refreshMessages(tx, userId, Prisma.sql`message.id in ${telling}`)
  await tx.$executeRaw`
    delete from reply_context as context using message
    where message.user_id = ${userId}::uuid and message.id in ${telling}
      and context.user_id = message.user_id and context.reply_id = message.id`
  await tx.$executeRaw`
    update thread set summary = '', summary_through_id = null from message
    where thread.user_id = ${userId}::uuid and thread.summary <> '' and message.user_id = thread.user_id
      and message.thread_id = thread.id and message.id in ${telling}`
}

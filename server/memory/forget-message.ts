import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { messageIdInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { concealTelling, forget } from './forget.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { refreshMessages } from './indexable.ts'
import { bringBackForgotten } from './restore.ts'

type Input = z.output<typeof messageIdInput>

/**
 * Keeps a message in its conversation alone: it leaves search with the replies that used it, what was learned from it is
 * forgotten, and nothing is learned from it again. Doing it twice does it once.
 *
 * @returns the ids of the memories that were forgotten with it.
 * @throws {Problem} NOT_FOUND
 */
export async function forgetMessage(
  { deps, userId }: Caller,
  { messageId: id }: Input,
): Promise<{ forgotten: string[] }> {
  const now = new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    if ((await requireMessage(tx, userId, id)).forgottenAt) return { forgotten: [] }
    await tx.message.update({ where: { userId_id: { userId, id } }, data: { forgottenAt: now } })
    const learned = await tx.memory.findMany({
      where: { userId, sources: { some: { messageId: id } }, status: { notIn: ['forgotten', 'declined'] } },
      select: { id: true },
    })
    const forgotten = await forget(
      tx,
      userId,
      learned.map((memory) => memory.id),
      now,
    )
    await concealTelling(tx, userId, withReplies(id))
    return { forgotten }
  })
}

/**
 * The way back: the message can be found again, and what was forgotten with it is remembered again, as far as that is not
 * erased yet. Doing it twice does it once.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function restoreMessage(
  { deps, userId }: Caller,
  { messageId: id }: Input,
): Promise<{ restored: number }> {
  const now = new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const { forgottenAt } = await requireMessage(tx, userId, id)
    if (!forgottenAt) return { restored: 0 }
    await tx.message.update({ where: { userId_id: { userId, id } }, data: { forgottenAt: null } })
    const withIt = await tx.memory.findMany({
      where: { userId, status: 'forgotten', forgottenAt, sources: { some: { messageId: id } } },
      select: { id: true },
    })
    const ids = withIt.map((memory) => memory.id)
    const restored = await bringBackForgotten(tx, userId, ids, now)
    await refreshMessages(tx, userId, Prisma.sql`message.id in ${withReplies(id)}`)
    return { restored }
  })
}

function withReplies(messageId: string): Prisma.Sql {
  return Prisma.sql`(
    select ${messageId}::uuid union select reply_id from recall
    where user_id = message.user_id and kind = 'message' and source_id = ${messageId}::uuid)`
}

async function requireMessage(tx: Tx, userId: string, id: string): Promise<{ forgottenAt: Date | null }> {
  const message = await tx.message.findUnique({ where: { userId_id: { userId, id } }, select: { forgottenAt: true } })
  if (!message) throw new Problem('NOT_FOUND', 'There is no such message: it may have been deleted.')
  return message
}

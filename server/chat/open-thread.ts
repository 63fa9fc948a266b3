import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Problem, threadNotFound } from '#server/problem.ts'
import type { ThreadPage, threadInput } from '#shared/chat.ts'
import { decodeCursor, encodeCursor, ID, TIME } from './cursor.ts'
import { describeMessages, findMessage, type MessageRow, messagesBefore, messagesFrom } from './messages.ts'
import { findThread, summary, type ThreadRow } from './thread-row.ts'

const POSITION = new RegExp(`^${TIME} ${ID}$`)

/** The end of a thread, the page before or after one that is known, or the page around a message. */
export async function openThread(ctx: UserContext, input: z.output<typeof threadInput>): Promise<ThreadPage> {
  const [before, after] = [input.before, input.after].map((cursor) => (cursor ? decodeCursor(cursor, POSITION) : null))
  const thread = await findThread(ctx.deps.db.prisma, ctx.userId, input.id)
  if (!thread) throw threadNotFound()
  if (after) return pageFrom(ctx, thread, after, input.limit)
  if (input.around) return pageAround(ctx, thread, input.around, input.limit)
  return pageBefore(ctx, thread, before ?? null, input.limit)
}

export async function pageBefore(
  ctx: UserContext,
  thread: ThreadRow,
  before: string[] | null,
  limit: number,
): Promise<ThreadPage> {
  const rows = await messagesBefore(ctx.deps.db.prisma, { ...of(ctx, thread), before, limit: limit + 1 })
  const page = rows.slice(0, limit).reverse()
  // A page that was asked for by its end is followed by the one that asked.
  return described(ctx, thread, page, { earlier: rows.length > limit, later: null })
}

async function pageFrom(ctx: UserContext, thread: ThreadRow, from: string[], limit: number): Promise<ThreadPage> {
  const rows = await messagesFrom(ctx.deps.db.prisma, { ...of(ctx, thread), from, limit: limit + 1 })
  return described(ctx, thread, rows.slice(0, limit), { earlier: true, later: rows[limit] ?? null })
}

async function pageAround(ctx: UserContext, thread: ThreadRow, messageId: string, limit: number): Promise<ThreadPage> {
  const { prisma } = ctx.deps.db
  const message = await findMessage(prisma, ctx.userId, messageId)
  if (message?.threadId !== thread.id) throw new Problem('NOT_FOUND', 'This message is not in this conversation.')
  const position = keys(message)
  const half = Math.ceil(limit / 2)
  const older = await messagesBefore(prisma, { ...of(ctx, thread), before: position, limit: half + 1 })
  const newer = await messagesFrom(prisma, { ...of(ctx, thread), from: position, limit: half + 1 })
  const page = [...older.slice(0, half).reverse(), ...newer.slice(0, half)]
  return described(ctx, thread, page, { earlier: older.length > half, later: newer[half] ?? null })
}

async function described(
  ctx: UserContext,
  thread: ThreadRow,
  page: MessageRow[],
  more: { earlier: boolean; later: MessageRow | null },
): Promise<ThreadPage> {
  const [oldest] = page
  return {
    thread: summary(thread),
    messages: await describeMessages(ctx.deps.db.prisma, ctx.userId, page),
    earlier: more.earlier && oldest ? encodeCursor(...keys(oldest)) : null,
    ...(more.later ? { later: encodeCursor(...keys(more.later)) } : {}),
  }
}

function of({ userId }: UserContext, { id }: ThreadRow) {
  return { userId, threadId: id }
}

function keys({ createdAt, id }: MessageRow): [string, string] {
  return [createdAt.toISOString(), id]
}

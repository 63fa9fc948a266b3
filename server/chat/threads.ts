import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Prisma as Sql } from '#server/db/generated/client.ts'
import { Problem } from '#server/problem.ts'
import type { createInput, ThreadList, ThreadPage, ThreadSummary, threadInput, threadsInput } from '#shared/chat.ts'
import { decodeCursor, encodeCursor, ID, TIME } from './cursor.ts'
import { type Db, describeMessages, messagesBefore } from './messages.ts'

const LAST_PAGE = 50
const THREADS_END = new RegExp(`^([tf]) ${TIME} ${ID}$`)
const MESSAGES_END = new RegExp(`^${TIME} ${ID}$`)

export interface ThreadRow extends Omit<ThreadSummary, 'createdAt' | 'activeAt'> {
  createdAt: Date
  activeAt: Date
}

export const threadColumns = Sql.sql`id, title, pinned, archived, temporary, remember,
  created_at as "createdAt", active_at as "activeAt"`

/** Threads, pinned ones first and the newest first among each. Temporary ones are in no list. */
export async function listThreads(ctx: UserContext, input: z.output<typeof threadsInput>): Promise<ThreadList> {
  const { prisma } = ctx.deps.db
  const from = input.cursor ? decodeCursor(input.cursor, THREADS_END) : null
  const after = from
    ? Sql.sql`and (pinned, active_at, id) < (${from[0] === 't'}, ${from[1]}::timestamptz, ${from[2]}::uuid)`
    : Sql.empty
  const rows = await prisma.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${ctx.userId}::uuid and deleted_at is null and not temporary and archived = ${input.archived} ${after}
    order by pinned desc, active_at desc, id desc limit ${input.limit + 1}`
  const page = rows.slice(0, input.limit)
  const end = rows.length > input.limit ? page.at(-1) : undefined
  return {
    threads: page.map(summary),
    next: end ? encodeCursor(end.pinned ? 't' : 'f', end.activeAt.toISOString(), end.id) : null,
    last: from ? null : await lastThread(ctx, input.archived),
  }
}

async function lastThread(ctx: UserContext, archived: boolean): Promise<ThreadPage | null> {
  const [thread] = await ctx.deps.db.prisma.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${ctx.userId}::uuid and deleted_at is null and not temporary and archived = ${archived}
    order by active_at desc, id desc limit 1`
  return thread ? pageOf(ctx, thread, null, LAST_PAGE) : null
}

/** The end of a thread, or the page before one that is known. */
export async function openThread(ctx: UserContext, input: z.output<typeof threadInput>): Promise<ThreadPage> {
  const before = input.before ? decodeCursor(input.before, MESSAGES_END) : null
  const thread = await findThread(ctx.deps.db.prisma, ctx.userId, input.id)
  if (!thread) throw threadNotFound()
  return pageOf(ctx, thread, before, input.limit)
}

async function pageOf(
  ctx: UserContext,
  thread: ThreadRow,
  before: string[] | null,
  limit: number,
): Promise<ThreadPage> {
  const { prisma } = ctx.deps.db
  const rows = await messagesBefore(prisma, { userId: ctx.userId, threadId: thread.id, before, limit: limit + 1 })
  const page = rows.slice(0, limit).reverse()
  const oldest = rows.length > limit ? page[0] : undefined
  return {
    thread: summary(thread),
    messages: await describeMessages(prisma, ctx.userId, page),
    earlier: oldest ? encodeCursor(oldest.createdAt.toISOString(), oldest.id) : null,
  }
}

export async function createThread(ctx: UserContext, input: z.output<typeof createInput>): Promise<ThreadSummary> {
  const { prisma } = ctx.deps.db
  const at = new Date(ctx.deps.clock.now())
  await claimThread(prisma, { userId: ctx.userId, id: input.id, temporary: input.temporary, at })
  const thread = await findThread(prisma, ctx.userId, input.id)
  if (!thread) throw threadNotFound()
  return summary(thread)
}

/**
 * Makes the thread unless it exists.
 *
 * @throws {Problem} NOT_FOUND when the id is somebody else's thread.
 */
export async function claimThread(
  db: Db,
  { userId, id, temporary, at }: { userId: string; id: string; temporary: boolean; at: Date },
): Promise<void> {
  const known = await db.$queryRaw<{ mine: boolean }[]>`
    select user_id = ${userId}::uuid as mine from thread where id = ${id}::uuid`
  if (known.some(({ mine }) => mine)) return
  if (known.length > 0) throw threadNotFound()
  await db.$executeRaw`
    insert into thread (user_id, id, temporary, created_at, active_at)
    values (${userId}::uuid, ${id}::uuid, ${temporary}, ${at}, ${at}) on conflict do nothing`
}

export async function findThread(db: Db, userId: string, id: string): Promise<ThreadRow | null> {
  const rows = await db.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${userId}::uuid and id = ${id}::uuid and deleted_at is null`
  return rows[0] ?? null
}

export function summary({ createdAt, activeAt, ...thread }: ThreadRow): ThreadSummary {
  return { ...thread, createdAt: createdAt.toISOString(), activeAt: activeAt.toISOString() }
}

export function threadNotFound(): Problem {
  return new Problem('NOT_FOUND', 'This conversation does not exist, or it was deleted.')
}

import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Prisma as Sql } from '#server/db/generated/client.ts'
import { threadNotFound } from '#server/problem.ts'
import type { createInput, ThreadList, ThreadPage, ThreadSummary, threadsInput } from '#shared/chat.ts'
import { decodeCursor, encodeCursor, ID, TIME } from './cursor.ts'
import { pageBefore } from './open-thread.ts'
import { findThread, insertThread, summary, type ThreadRow, threadColumns } from './thread-row.ts'

const LAST_PAGE = 50
const THREADS_END = new RegExp(`^([tf]) ${TIME} ${ID}$`)

/** Threads, pinned ones first and the newest first among each. Temporary ones are in no list. */
export async function listThreads(ctx: UserContext, input: z.output<typeof threadsInput>): Promise<ThreadList> {
  const { prisma } = ctx.deps.db
  const from = input.cursor ? decodeCursor(input.cursor, THREADS_END) : null
  const after = from
    ? Sql.sql`and (pinned, active_at, id) < (${from[0] === 't'}, ${from[1]}::timestamptz, ${from[2]}::uuid)`
    : Sql.empty
  const rows = await prisma.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${ctx.userId}::uuid and deleted_at is null and not temporary and archived = ${input.archived}
      ${input.tag === undefined ? Sql.empty : Sql.sql`and ${input.tag} = any(tags)`} ${after}
    order by pinned desc, active_at desc, id desc limit ${input.limit + 1}`
  const page = rows.slice(0, input.limit)
  const end = rows.length > input.limit ? page.at(-1) : undefined
  return {
    threads: page.map(summary),
    next: end ? encodeCursor(end.pinned ? 't' : 'f', end.activeAt.toISOString(), end.id) : null,
    last: from ? null : await lastThread(ctx, input.archived),
  }
}

/** Every tag that a listed thread has, in alphabetical order. */
export async function listTags({ deps, userId }: UserContext): Promise<string[]> {
  const rows = await deps.db.prisma.$queryRaw<{ tag: string }[]>`
    select distinct unnest(tags) as tag from thread
    where user_id = ${userId}::uuid and deleted_at is null and not temporary order by tag`
  return rows.map(({ tag }) => tag)
}

async function lastThread(ctx: UserContext, archived: boolean): Promise<ThreadPage | null> {
  const [thread] = await ctx.deps.db.prisma.$queryRaw<ThreadRow[]>`
    select ${threadColumns} from thread
    where user_id = ${ctx.userId}::uuid and deleted_at is null and not temporary and archived = ${archived}
    order by active_at desc, id desc limit 1`
  return thread ? pageBefore(ctx, thread, null, LAST_PAGE) : null
}

export async function createThread(ctx: UserContext, input: z.output<typeof createInput>): Promise<ThreadSummary> {
  const { prisma } = ctx.deps.db
  const at = new Date(ctx.deps.clock.now())
  const made = await insertThread(prisma, { ...input, userId: ctx.userId, model: null, at })
  const thread = made ?? (await findThread(prisma, ctx.userId, input.id))
  if (!thread) throw threadNotFound()
  return summary(thread)
}

import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { type PrismaClient, Prisma as Sql } from '#server/db/generated/client.ts'
import { refreshThread } from '#server/memory/conversation.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import { threadNotFound } from '#server/problem.ts'
import type {
  archiveInput,
  pinInput,
  rememberInput,
  renameInput,
  ThreadSummary,
  tagInput,
  threadIdInput,
} from '#shared/chat.ts'
import { summary, type ThreadRow, threadColumns } from './thread-row.ts'

export function renameThread(ctx: UserContext, input: z.output<typeof renameInput>): Promise<ThreadSummary> {
  return change(ctx, input.id, Sql.sql`title = ${input.title.trim()}, title_source = 'person'`)
}

export function pinThread(ctx: UserContext, input: z.output<typeof pinInput>): Promise<ThreadSummary> {
  return change(ctx, input.id, Sql.sql`pinned = ${input.pinned}`)
}

export function archiveThread(ctx: UserContext, input: z.output<typeof archiveInput>): Promise<ThreadSummary> {
  return change(ctx, input.id, Sql.sql`archived = ${input.archived}`)
}

export function rememberThread(ctx: UserContext, input: z.output<typeof rememberInput>): Promise<ThreadSummary> {
  return change(ctx, input.id, Sql.sql`remember = ${input.remember}`)
}

export function tagThread(ctx: UserContext, input: z.output<typeof tagInput>): Promise<ThreadSummary> {
  return change(ctx, input.id, Sql.sql`tags = ${[...new Set(input.tags)]}::text[]`)
}

export function setModel(ctx: UserContext, id: string, model: string | null): Promise<ThreadSummary> {
  return change(ctx, id, Sql.sql`model = ${model}`)
}

async function change({ deps, userId }: UserContext, id: string, to: Sql.Sql): Promise<ThreadSummary> {
  const [thread] = await deps.db.prisma.$queryRaw<ThreadRow[]>`
    update thread set ${to} where user_id = ${userId}::uuid and id = ${id}::uuid and deleted_at is null
    returning ${threadColumns}`
  if (!thread) throw threadNotFound()
  return summary(thread)
}

/** Deletes a thread so that it can be restored; a temporary one for good. Deleting it again changes nothing. */
export async function deleteThread(
  { deps, userId }: UserContext,
  { id }: z.output<typeof threadIdInput>,
): Promise<void> {
  const { prisma } = deps.db
  const thread = await setDeleted(prisma, { userId, id }, new Date(deps.clock.now()))
  const writing = await prisma.message.findMany({
    where: { userId, threadId: id, status: 'streaming' },
    select: { id: true },
  })
  await Promise.all(writing.map((reply) => deps.chat.stop(userId, reply.id)))
  if (thread.temporary) await prisma.thread.deleteMany({ where: { userId, id } })
}

export async function restoreThread(
  { deps, userId }: UserContext,
  { id }: z.output<typeof threadIdInput>,
): Promise<ThreadSummary> {
  return summary(await setDeleted(deps.db.prisma, { userId, id }, null))
}

/** Search forgets a deleted thread, and knows it again once it is restored. */
function setDeleted(prisma: PrismaClient, { userId, id }: { userId: string; id: string }, at: Date | null) {
  return prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    const [known] = await tx.$queryRaw<{ deleted: boolean }[]>`
      select deleted_at is not null as deleted from thread
      where user_id = ${userId}::uuid and id = ${id}::uuid for update`
    if (!known) throw threadNotFound()
    const [thread] = await tx.$queryRaw<ThreadRow[]>`
      update thread set deleted_at = case when ${at}::timestamptz is null then null else coalesce(deleted_at, ${at}) end
      where user_id = ${userId}::uuid and id = ${id}::uuid returning ${threadColumns}`
    if (!thread) throw threadNotFound()
    if (known.deleted !== (at !== null)) await refreshThread(tx, { userId, threadId: id })
    return thread
  })
}

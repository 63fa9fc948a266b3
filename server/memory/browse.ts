import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import { Problem } from '#server/problem.ts'
import type { listInput, Memory, MemoryHistory, MemoryPage, memoryIdInput, Source } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { passes } from './filter.ts'
import { isAlive, readMemories, readMemory } from './read.ts'
import { NO_SUCH_MEMORY } from './remember.ts'

const USES_SHOWN = 20
const SOURCES_SHOWN = 100
const CHAIN_SHOWN = 50

/**
 * All that is known of how a memory came to be.
 *
 * @throws {Problem} NOT_FOUND, for a forgotten one too.
 */
export async function memoryHistory(
  { deps, userId }: Caller,
  { id }: z.output<typeof memoryIdInput>,
): Promise<MemoryHistory> {
  const db = deps.db.prisma
  const now = new Date(deps.clock.now())
  const memory = await readMemory(db, userId, id, now)
  if (!memory || memory.status === 'forgotten' || memory.status === 'declined') {
    throw new Problem('NOT_FOUND', NO_SUCH_MEMORY)
  }
  const [versions, supersedes, supersededBy, sources, usedBy] = await Promise.all([
    db.memoryVersion.findMany({ where: { userId, memoryId: id, text: { not: '' } }, orderBy: { version: 'desc' } }),
    readChain(db, userId, id, now, 'back'),
    readChain(db, userId, id, now, 'on'),
    readSources(db, userId, id),
    readUses(db, userId, id),
  ])
  return {
    memory,
    versions: versions.map(({ version, text, createdAt }) => ({ version, text, createdAt: createdAt.toISOString() })),
    supersedes,
    supersededBy,
    sources,
    usedBy,
  }
}

/** A chain may be cut where one of it was forgotten: what lies beyond is not told. */
async function readChain(db: Reader, userId: string, id: string, now: Date, way: 'back' | 'on'): Promise<Memory[]> {
  const step =
    way === 'back' ? Prisma.sql`memory.superseded_by_id = chain.id` : Prisma.sql`memory.id = chain.superseded_by_id`
  const steps = await db.$queryRaw<{ id: string; depth: number }[]>`
    with recursive chain as (
      select id, superseded_by_id, 0 as depth from memory where user_id = ${userId}::uuid and id = ${id}::uuid
      union all
      select memory.id, memory.superseded_by_id, chain.depth + 1 from chain
      join memory on memory.user_id = ${userId}::uuid and ${step}
        and memory.status not in ('forgotten', 'declined')
      where chain.depth < ${CHAIN_SHOWN}
    ) select id, depth from chain where depth > 0`
  const depths = new Map(steps.map((link) => [link.id, link.depth]))
  const memories = await readMemories(db, userId, {
    now,
    where: Prisma.sql`memory.id = any(${[...depths.keys()]}::uuid[])`,
  })
  return memories.sort((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0))
}

function readSources(db: Reader, userId: string, id: string): Promise<Source[]> {
  return db.$queryRaw<Source[]>`
    select message.id as "messageId", thread.id as "threadId", thread.title as "threadTitle"
    from memory_source as source
    join message on message.user_id = source.user_id and message.id = source.message_id
    join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where source.user_id = ${userId}::uuid and source.memory_id = ${id}::uuid and thread.deleted_at is null
    order by message.created_at desc, message.id desc limit ${SOURCES_SHOWN}`
}

function readUses(db: Reader, userId: string, id: string): Promise<Source[]> {
  return db.$queryRaw<Source[]>`
    select message.id as "messageId", thread.id as "threadId", thread.title as "threadTitle"
    from recall
    join message on message.user_id = recall.user_id and message.id = recall.reply_id
    join thread on thread.user_id = message.user_id and thread.id = message.thread_id
    where recall.user_id = ${userId}::uuid and recall.source_id = ${id}::uuid and recall.kind = 'memory'
      and thread.deleted_at is null
    order by message.created_at desc, message.id desc limit ${USES_SHOWN}`
}

/**
 * A page of memories. The newest go on after the last one seen; the strongest go on by place, for strength moves with
 * time.
 *
 * @throws {Problem} BAD_REQUEST for a cursor that no page gave.
 */
export async function memoryList(
  { deps, userId }: Caller,
  { cursor, limit, status, order, filter }: z.output<typeof listInput>,
): Promise<MemoryPage> {
  const now = new Date(deps.clock.now())
  const listed = status === 'kept' ? isAlive(now) : Prisma.sql`memory.status = 'suggested'`
  const page = order === 'newest' ? newestAfter(cursor) : strongestAfter(cursor)
  const found = await readMemories(deps.db.prisma, userId, {
    now,
    ...page,
    where: Prisma.sql`${listed} and ${page.where} and ${passes(filter)}`,
    limit: limit + 1,
  })
  const memories = found.slice(0, limit)
  const last = memories.at(-1)
  if (found.length <= limit || !last) return { memories, next: null }
  return { memories, next: order === 'newest' ? `${last.createdAt} ${last.id}` : `${page.offset + limit}` }
}

interface Page {
  where: Prisma.Sql
  order?: Prisma.Sql
  offset: number
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

function newestAfter(cursor: string | null | undefined): Page {
  if (!cursor) return { where: Prisma.sql`true`, offset: 0 }
  const [at, id] = place.safeParse(cursor.split(' ')).data ?? refuseCursor()
  return { where: Prisma.sql`(memory.created_at, memory.id) < (${at}::timestamptz, ${id}::uuid)`, offset: 0 }
}

function strongestAfter(cursor: string | null | undefined): Page {
  const [offset] = cursor ? (/^\d{1,9}$/.exec(cursor) ?? refuseCursor()) : ['0']
  return { where: Prisma.sql`true`, order: Prisma.sql`strength desc, memory.id`, offset: Number(offset) }
}

function refuseCursor(): never {
  throw new Problem('BAD_REQUEST', 'This cursor is from no page of the list: start again without one.')
}

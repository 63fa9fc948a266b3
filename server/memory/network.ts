import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import type { Network, NetworkEdge, NetworkNode, networkInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { isAlive } from './read.ts'
import { recallFor } from './recall.ts'
import { strengthAt } from './strength.ts'

/** How much of what a search finds is looked around. */
const SOUGHT = 20

type Input = z.output<typeof networkInput>

/**
 * The most telling part of the network: the strongest memories, or those around one, around what a search finds, or
 * around what a reply used. Edges were made when memories were; nothing is compared here.
 */
export async function memoryNetwork({ deps, userId }: Caller, input: Input): Promise<Network> {
  const db = deps.db.prisma
  const now = new Date(deps.clock.now())
  const [focus, total] = await Promise.all([findFocus(deps, userId, input), countAlive(db, userId, now)])
  const shown = await readNodes(db, userId, now, focus, input.limit)
  const room = input.limit - shown.length
  const nodes = room > 0 ? [...shown, ...(await readHistory(db, userId, now, shown, room))] : shown
  return { nodes: nodes.map(present), edges: await readEdges(db, userId, nodes), total }
}

/** The memories that are asked for; null for no ones in particular. */
async function findFocus(
  deps: Caller['deps'],
  userId: string,
  { around, replyId, query }: Input,
): Promise<string[] | null> {
  if (around) return [around]
  if (query) return (await recallFor(deps, { userId, query, limit: SOUGHT, kind: 'memory' })).map(({ id }) => id)
  if (!replyId) return null
  const used = await deps.db.prisma.recall.findMany({
    where: { userId, replyId, kind: 'memory' },
    select: { sourceId: true },
  })
  return used.map(({ sourceId }) => sourceId)
}

interface Row extends Omit<NetworkNode, 'createdAt'> {
  createdAt: Date
  supersededById: string | null
}

const columns = (focus: readonly string[] | null, now: Date) => Prisma.sql`
  memory.id, memory.text, memory.kind, memory.status::text as status, ${strengthAt(now)} as strength,
  memory.created_at as "createdAt", memory.superseded_by_id as "supersededById",
  memory.id = any(${focus ?? []}::uuid[]) as focus`

function readNodes(
  db: Reader,
  userId: string,
  now: Date,
  focus: readonly string[] | null,
  limit: number,
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select ${columns(focus, now)} from ${focus ? near(userId, focus) : Prisma.sql`memory`}
    where memory.user_id = ${userId}::uuid and ${isAlive(now)}
    order by focus desc, strength desc, memory.created_at desc, memory.id limit ${limit}`
}

/**
 * Some memories and those tied to them, as `memory`. Nested loops over keys, here and below, whatever the planner knows: a
 * fresh database has no statistics yet, and it would read whole tables over and over.
 */
function near(userId: string, focus: readonly string[]): Prisma.Sql {
  return Prisma.sql`(
      select id from unnest(${focus}::uuid[]) as wanted(id)
      union select link.id from unnest(${focus}::uuid[]) as wanted(id) cross join lateral (
        select to_id as id from memory_link where user_id = ${userId}::uuid and from_id = wanted.id
        union all select from_id from memory_link where user_id = ${userId}::uuid and to_id = wanted.id
      ) as link
    ) as near
    cross join lateral (select * from memory where user_id = ${userId}::uuid and id = near.id limit 1) as memory`
}

/** What the memories shown took the place of. */
function readHistory(db: Reader, userId: string, now: Date, shown: readonly Row[], limit: number): Promise<Row[]> {
  const ids = shown.map(({ id }) => id)
  return db.$queryRaw<Row[]>`
    select ${columns(null, now)}
    from memory where memory.user_id = ${userId}::uuid and memory.status = 'superseded'
      and memory.superseded_by_id = any(${ids}::uuid[])
    order by memory.valid_to desc, memory.id limit ${limit}`
}

async function readEdges(db: Reader, userId: string, nodes: readonly Row[]): Promise<NetworkEdge[]> {
  const ids = nodes.map(({ id }) => id)
  const links = await db.$queryRaw<NetworkEdge[]>`
    select link.* from unnest(${ids}::uuid[]) as node(id)
    cross join lateral (
      select from_id as "from", to_id as "to", weight, reason::text as reason, through from memory_link
      where user_id = ${userId}::uuid and from_id = node.id offset 0
    ) as link
    where link."to" = any(${ids}::uuid[])
    order by weight desc, "from", "to"`
  const replaced = nodes.flatMap(({ id, status, supersededById }): NetworkEdge[] =>
    status === 'superseded' && supersededById
      ? [{ from: supersededById, to: id, weight: 1, reason: 'supersedes', through: null }]
      : [],
  )
  return [...replaced, ...links]
}

function present({ supersededById: _, ...row }: Row): NetworkNode {
  return { ...row, createdAt: row.createdAt.toISOString() }
}

async function countAlive(db: Reader, userId: string, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    select count(*)::int as total from memory where memory.user_id = ${userId}::uuid and ${isAlive(now)}`
  return row?.total ?? 0
}

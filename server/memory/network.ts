import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { Network, NetworkEdge, NetworkNode, networkInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import type { Reader } from './index/statistics.ts'
import { isAlive } from './read.ts'
import { strengthAt } from './strength.ts'

/**
 * The most telling part of the network: the strongest memories, or those around one, or those a reply used with their
 * neighbours. Edges were made when memories were; nothing is compared here.
 */
export async function memoryNetwork({ deps, userId }: Caller, input: z.output<typeof networkInput>): Promise<Network> {
  const db = deps.db.prisma
  const now = new Date(deps.clock.now())
  const [nodes, total] = await Promise.all([
    readNodes(db, userId, now, focus(input), input.limit),
    countAlive(db, userId, now),
  ])
  return { nodes, edges: await readEdges(db, userId, nodes), total }
}

function focus({ around, replyId }: z.output<typeof networkInput>): Prisma.Sql | null {
  if (around) return Prisma.sql`select ${around}::uuid as id`
  if (replyId)
    return Prisma.sql`select source_id as id from recall
    where user_id = memory.user_id and reply_id = ${replyId}::uuid and kind = 'memory'`
  return null
}

async function readNodes(
  db: Reader,
  userId: string,
  now: Date,
  focus: Prisma.Sql | null,
  limit: number,
): Promise<NetworkNode[]> {
  const near = focus
    ? Prisma.sql`(memory.id in (${focus}) or exists (
        select 1 from memory_link as link where link.user_id = memory.user_id
          and (link.from_id = memory.id and link.to_id in (${focus})
            or link.to_id = memory.id and link.from_id in (${focus}))))`
    : Prisma.sql`true`
  const first = focus ? Prisma.sql`memory.id in (${focus}) desc,` : Prisma.empty
  const rows = await db.$queryRaw<(Omit<NetworkNode, 'createdAt'> & { createdAt: Date })[]>`
    select memory.id, memory.text, memory.kind, ${strengthAt(now)} as strength, memory.created_at as "createdAt"
    from memory where memory.user_id = ${userId}::uuid and ${isAlive(now)} and ${near}
    order by ${first} strength desc, memory.created_at desc, memory.id limit ${limit}`
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

function readEdges(db: Reader, userId: string, nodes: readonly NetworkNode[]): Promise<NetworkEdge[]> {
  const ids = nodes.map(({ id }) => id)
  return db.$queryRaw<NetworkEdge[]>`
    select from_id as "from", to_id as "to", weight, reason::text as reason from memory_link
    where user_id = ${userId}::uuid and from_id = any(${ids}::uuid[]) and to_id = any(${ids}::uuid[])
    order by weight desc, from_id, to_id`
}

async function countAlive(db: Reader, userId: string, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    select count(*)::int as total from memory where memory.user_id = ${userId}::uuid and ${isAlive(now)}`
  return row?.total ?? 0
}

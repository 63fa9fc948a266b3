import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { containing } from '#server/db/like.ts'
import type { Reader } from '#server/db/reader.ts'
import type { Matching, matchingInput } from '#shared/memory-selection.ts'
import type { Caller } from './caller.ts'
import { passes } from './filter.ts'
import { readQuery } from './index/query.ts'
import { readStatistics } from './index/statistics.ts'
import { readMemories } from './read.ts'
import { words } from './text/words.ts'

const SHOWN = 50

type Selection = z.output<typeof matchingInput>

/** What `forgetMemories` would forget: kept, suggested and superseded memories, expired ones too. */
export async function matchingMemories({ deps, userId }: Caller, selection: Selection): Promise<Matching> {
  const db = deps.db.prisma
  const where = Prisma.sql`${CAN_BE_FORGOTTEN} and ${await selected(db, userId, selection)}`
  const [memories, [counted]] = await Promise.all([
    readMemories(db, userId, { now: new Date(deps.clock.now()), where, limit: SHOWN }),
    db.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from memory where memory.user_id = ${userId}::uuid and ${where}`,
  ])
  return { total: counted?.total ?? 0, memories }
}

export const CAN_BE_FORGOTTEN = Prisma.sql`memory.status not in ('forgotten', 'declined')`

/** A selection as a condition on `memory`: all that is given must hold. */
export async function selected(
  db: Reader,
  userId: string,
  { threadId, query, filter = {} }: Selection,
): Promise<Prisma.Sql> {
  const said = threadId
    ? Prisma.sql`memory.id in (
        select source.memory_id from message
        join memory_source as source on source.user_id = message.user_id and source.message_id = message.id
        where message.user_id = memory.user_id and message.thread_id = ${threadId}::uuid)`
    : Prisma.sql`true`
  return Prisma.sql`(${said} and ${query ? await holds(db, userId, query) : Prisma.sql`true`} and ${passes(filter)})`
}

/** Every word of a query, in whatever form it is indexed under; what is in no index is looked through as it reads. */
async function holds(db: Reader, userId: string, query: string): Promise<Prisma.Sql> {
  const statistics = await readStatistics(db, userId)
  const terms = statistics ? readQuery(query, statistics.languages, []).terms : []
  if (terms.length === 0) return Prisma.sql`false`
  const indexed = terms.map(({ forms }) => Prisma.sql`indexed.terms && ${forms}::text[]`)
  const patterns = words(query).map(containing)
  return Prisma.sql`(
    memory.id in (select source_id from indexed_text as indexed
      where indexed.user_id = memory.user_id and indexed.kind = 'memory' and ${Prisma.join(indexed, ' and ')})
    or memory.status <> 'kept' and memory.text ilike all(${patterns}::text[]))`
}

import { Prisma } from '#server/db/generated/client.ts'

/** How much of what is missing each saying leaves, as the power of e; each recall; and a first day left in peace. */
const SAYING = -0.5
const RECALL = Math.log(0.85)
const PEACE = Math.log(0.9)

/** What a double holds of e^x ends at −745; the database refuses to compute what is smaller. */
const LEAST = -700

/**
 * How well a memory is remembered at `now`, 0 to 100, as an SQL expression over a row of `memory`: stored facts in, so
 * that nothing has to be recomputed at night. It is the model of the system that Moneta grew out of.
 *
 * - Encoding: said n times, it has S = 100 (1 − e^(−n/2)).
 * - Recall: each adds 15 % of what is missing to 100. Of r recalls e^(r ln 0.85) of it is left.
 * - Consolidation: once it was left in peace for a day, it has 10 % more of what is missing, until it is said or recalled.
 * - Forgetting: after t days since it was last said or recalled, R = e^(−t/S) of it is left (Ebbinghaus 1885), with S
 *   read as days: at 40, an e-th is left after 40 days.
 *
 * Together S · e^(−t/S). All in doubles: in decimals, as the database takes constants by itself, 20,000 memories took
 * five to ten times as long.
 */
export function strengthAt(now: Date): Prisma.Sql {
  const idleDays = Prisma.sql`greatest(0, date_part('epoch',
    ${now}::timestamptz - greatest(memory.last_encoded_at, memory.last_recalled_at)) / 86400)`
  const missing = Prisma.sql`exp(greatest(${LEAST}::float8, ${SAYING}::float8 * memory.encodings
    + ${RECALL}::float8 * memory.recalls + case when ${idleDays} >= 1 then ${PEACE}::float8 else 0 end))`
  const stability = Prisma.sql`(100 * (1 - ${missing}))`
  return Prisma.sql`(${stability} * exp(greatest(${LEAST}::float8, -${idleDays} / ${stability})))`
}

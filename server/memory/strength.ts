import { Prisma } from '#server/db/generated/client.ts'

/**
 * How well a memory is remembered at `now`, 0 to 100, as an SQL expression over a row of `memory`: stored facts in, so
 * that nothing has to be recomputed at night.
 *
 * Encoding n times gives S = 100 (1 − e^(−n/2)), each recall adds 15 % of what is missing to 100, and a first day left
 * in peace adds 10 % of it (consolidation). What is left after t days untouched is S · e^(−t/S) (Ebbinghaus).
 */
export function strengthAt(now: Date): Prisma.Sql {
  const idleDays = Prisma.sql`greatest(0, extract(epoch from
    ${now}::timestamptz - greatest(memory.last_encoded_at, memory.last_recalled_at)) / 86400)::float8`
  const missing = Prisma.sql`exp(-0.5 * memory.encodings) * power(0.85, memory.recalls)
    * case when ${idleDays} >= 1 then 0.9 else 1 end`
  const stability = Prisma.sql`(100 * (1 - ${missing}))`
  return Prisma.sql`(${stability} * exp(-least(700, ${idleDays} / ${stability})))`
}

import { Prisma as Sql } from '#server/db/generated/client.ts'
import { type Bm25, type Chunk, type Kind, type Postings, weigh } from './bm25.ts'
import type { QueryTerm } from './query.ts'
import type { Reader, Statistics } from './statistics.ts'

/** What a term's form has in one chunk; `place` counts from one, as `formsOf` gives the forms. */
export interface PostingRow {
  place: number
  kind: Kind
  chunk: number
  /** In base64: half the time of a bytea through the driver. */
  entries: string
}

/** Reads the postings of all terms in one statement. A text need not hold more than one of them to count. */
export async function readPostings(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
): Promise<Postings> {
  const rows = terms.length === 0 ? [] : await db.$queryRaw<PostingRow[]>(postingRows(userId, terms))
  return asPostings(rows, terms, statistics, parameters)
}

/**
 * A query for PostingRows. A row a chunk, so that the first are taken apart while the last are still read: all as one
 * value took three times as long. Nested loops over the key, whatever the planner knows.
 */
export function postingRows(userId: string, terms: readonly QueryTerm[]): Sql.Sql {
  return Sql.sql`
    select place::int, kind::text, chunk, encode(entries, 'base64') as entries
    from unnest(${formsOf(terms)}::text[]) with ordinality as asked(form, place)
    cross join lateral (
      select kind, chunk, entries from posting
      where user_id = ${userId}::uuid and term = form order by kind, chunk
    ) as held`
}

/** What `postingRows` of the same terms gave. */
export function asPostings(
  rows: readonly PostingRow[],
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
): Postings {
  const chunks = new Map<string, Chunk[]>(formsOf(terms).map((form) => [form, []]))
  const byPlace = [...chunks.values()]
  for (const { place, kind, chunk, entries } of rows) {
    byPlace[place - 1]?.push({ kind, chunk, entries: Buffer.from(entries, 'base64') })
  }
  const read = terms.map(({ forms, weight }) => ({ weight, chunks: forms.flatMap((form) => chunks.get(form) ?? []) }))
  return weigh(read, statistics, parameters)
}

function formsOf(terms: readonly QueryTerm[]): string[] {
  return [...new Set(terms.flatMap(({ forms }) => forms))]
}

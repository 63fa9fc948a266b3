import { Prisma as Sql } from '#server/db/generated/client.ts'
import { type Bm25, type Chunk, type Postings, weigh } from './bm25.ts'
import { ENTRY_BYTES } from './entry.ts'
import type { QueryTerm } from './query.ts'
import type { Reader, Statistics } from './statistics.ts'

/** Bytes of a record before its entries: the form's place, the kind, the chunk, and how many entries there are. */
const HEAD = 12

/** Reads the postings of all terms in one statement. A text need not hold more than one of them to count. */
export async function readPostings(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
): Promise<Postings> {
  const [row] = await db.$queryRaw<{ postings: string | null }[]>`select ${postingsOf(userId, terms)} as postings`
  return asPostings(row?.postings ?? null, terms, statistics, parameters)
}

/**
 * The postings of all terms as one value of records of bytes, in base64: half the time of a bytea through the driver. Null
 * when there are none. Nested loops over the key, whatever the planner knows.
 */
export function postingsOf(userId: string, terms: readonly QueryTerm[]): Sql.Sql {
  return Sql.sql`(
    select encode(string_agg(
      int2send(place::int2) || int2send((kind = 'memory')::int::int2) || int4send(chunk) || int4send(count) || entries,
      ''), 'base64')
    from unnest(${formsOf(terms)}::text[]) with ordinality as asked(form, place)
    cross join lateral (
      select kind, chunk, count, entries from posting
      where user_id = ${userId}::uuid and term = form order by kind, chunk
    ) as held)`
}

/** What `postingsOf` the same terms gave. */
export function asPostings(
  records: string | null,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
): Postings {
  const chunks = new Map<string, Chunk[]>(formsOf(terms).map((form) => [form, []]))
  const byPlace = [...chunks.values()]
  const bytes = Buffer.from(records ?? '', 'base64')
  for (let at = 0; at < bytes.length; ) {
    const end = at + HEAD + bytes.readInt32BE(at + 8) * ENTRY_BYTES
    byPlace[bytes.readInt16BE(at) - 1]?.push({
      kind: bytes.readInt16BE(at + 2) ? 'memory' : 'message',
      chunk: bytes.readInt32BE(at + 4),
      entries: bytes.subarray(at + HEAD, end),
    })
    at = end
  }
  const read = terms.map(({ forms, weight }) => ({ weight, chunks: forms.flatMap((form) => chunks.get(form) ?? []) }))
  return weigh(read, statistics, parameters)
}

function formsOf(terms: readonly QueryTerm[]): string[] {
  return [...new Set(terms.flatMap(({ forms }) => forms))]
}

import { Prisma as Sql } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import { type Bm25, type Chunk, KINDS, type Kind, type Postings, weigh } from './bm25.ts'
import { ENTRY_BYTES } from './entry.ts'
import type { QueryTerm } from './query.ts'
import type { Statistics } from './statistics.ts'

/** What a term's form has in some chunks; `place` counts from one, as `formsOf` gives the forms. */
export interface PostingRow {
  place: number
  kind: Kind
  /** A record of bytes for each chunk, in base64: half the time of a bytea through the driver. */
  records: string
}

/** A record begins with the chunk's number, how many entries the chunk has, and how many of them follow. */
const HEAD = 12

/** How many chunks go in one row, a power of two. */
const CHUNK_GROUP_BITS = 4

/** Reads the postings of all terms in one statement. A text need not hold more than one of them to count. */
export async function readPostings(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
  kinds: readonly Kind[] = KINDS,
): Promise<Postings> {
  const rows = terms.length === 0 ? [] : await db.$queryRaw<PostingRow[]>(postingRows(userId, terms, kinds))
  return asPostings(rows, terms, statistics, parameters)
}

/**
 * A query for PostingRows. In rows of some chunks, so that the first are taken apart while the last are still read: all
 * as one value took three times as long, and a row for each chunk as long where a word is rare. Of other kinds than those
 * that are looked for, how many hold a term is told alone. Nested loops over the key, whatever the planner knows.
 */
export function postingRows(userId: string, terms: readonly QueryTerm[], kinds: readonly Kind[]): Sql.Sql {
  const told = kinds.length === KINDS.length ? Sql.sql`true` : Sql.sql`kind::text = any(${kinds}::text[])`
  return Sql.sql`
    select place::int, kind::text, encode(string_agg(
      int4send(chunk) || int4send(count) || case when ${told} then int4send(count) || entries else int4send(0) end, ''),
      'base64') as records
    from unnest(${formsOf(terms)}::text[]) with ordinality as asked(form, place)
    cross join lateral (
      select kind, chunk, count, entries from posting
      where user_id = ${userId}::uuid and term = form order by kind, chunk
    ) as held
    group by place, kind, chunk >> ${CHUNK_GROUP_BITS}`
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
  for (const { place, kind, records } of rows) byPlace[place - 1]?.push(...readChunks(kind, records))
  const read = terms.map(({ forms, weight }) => ({ weight, chunks: forms.flatMap((form) => chunks.get(form) ?? []) }))
  return weigh(read, statistics, parameters)
}

function readChunks(kind: Kind, records: string): Chunk[] {
  const bytes = Buffer.from(records, 'base64')
  const chunks: Chunk[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + HEAD + bytes.readInt32BE(at + 8) * ENTRY_BYTES
    const entries = bytes.subarray(at + HEAD, end)
    chunks.push({ kind, chunk: bytes.readInt32BE(at), count: bytes.readInt32BE(at + 4), entries })
    at = end
  }
  return chunks
}

function formsOf(terms: readonly QueryTerm[]): string[] {
  return [...new Set(terms.flatMap(({ forms }) => forms))]
}

import { Prisma as Sql } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import { type Bm25, KINDS, type Kind, type Postings, weigh } from './bm25.ts'
import { ENTRY_BYTES } from './entry.ts'
import type { KnownChunk, KnownChunks } from './known-chunks.ts'
import type { QueryTerm } from './query.ts'
import type { Statistics } from './statistics.ts'

/** A question to `posting`. A text need not hold more than one of its terms to count. */
export interface Asked {
  userId: string
  terms: readonly QueryTerm[]
  kinds: readonly Kind[]
  /** Every form of the terms, once. */
  forms: readonly AskedForm[]
}

interface AskedForm {
  form: string
  known: Record<Kind, KnownChunks>
}

/** What a form has in some chunks; `place` counts the forms from one. */
export interface PostingRow {
  place: number
  kind: Kind
  /** A record of bytes for each chunk, in base64: half the time of a bytea through the driver. */
  records: string
}

/** A record begins with the chunk's number, how many entries the chunk has, its version, and how many entries follow. */
const HEAD = 16

/** How many chunks go in one row, a power of two. */
const CHUNK_GROUP_BITS = 4

/** @param known what need not be sent again if it is of the same version. */
export function askFor(
  userId: string,
  terms: readonly QueryTerm[],
  kinds: readonly Kind[],
  known: (form: string, kind: Kind) => KnownChunks = () => [],
): Asked {
  const of = (form: string, kind: Kind) => (kinds.includes(kind) ? known(form, kind) : [])
  const forms = [...new Set(terms.flatMap((term) => term.forms))]
  return {
    userId,
    terms,
    kinds,
    forms: forms.map((form) => ({ form, known: { memory: of(form, 'memory'), message: of(form, 'message') } })),
  }
}

/**
 * A query for PostingRows. In rows of some chunks, so that the first are taken apart while the last are still read: all
 * as one value took three times as long, and a row for each chunk as long where a word is rare. Of what is known, and of
 * other kinds than those that are looked for, the head of the record is told alone. Nested loops over the key, whatever
 * the planner knows. It cannot count the forms behind their `select`, or it would plan anew for each question.
 */
export function postingRows({ userId, kinds, forms }: Asked): Sql.Sql {
  const told = kinds.length === KINDS.length ? Sql.sql`true` : Sql.sql`kind::text = any(${kinds}::text[])`
  const versions = (kind: Kind) => forms.map(({ known }) => versionsOf(known[kind]))
  return Sql.sql`
    select place::int, kind::text, encode(string_agg(int4send(chunk) || int4send(count) || xidsend(version) || case
        when ${told} and version is distinct from known then int4send(count) || entries else int4send(0) end, ''),
      'base64') as records
    from (
      select place, form, memories::xid[] as memories, messages::xid[] as messages
      from unnest(
        (select ${forms.map(({ form }) => form)}::text[]),
        (select ${versions('memory')}::text[]),
        (select ${versions('message')}::text[])
      ) with ordinality as asked(form, memories, messages, place)
      offset 0
    ) as asked
    cross join lateral (
      select kind, chunk, count, entries, xmin as version,
        (case kind when 'memory' then memories else messages end)[chunk + 1] as known
      from posting where user_id = ${userId}::uuid and term = form order by kind, chunk
    ) as held
    group by place, kind, chunk >> ${CHUNK_GROUP_BITS}`
}

/** An array in PostgreSQL's notation; 0 is nobody's version. */
function versionsOf(chunks: KnownChunks): string {
  return `{${Array.from(chunks, (chunk) => chunk?.version ?? 0)}}`
}

/** The chunks of each form that was asked for; rows of other places are passed over. */
export function readChunks({ forms }: Asked, rows: readonly PostingRow[]): KnownChunk[][] {
  const chunks: KnownChunk[][] = forms.map(() => [])
  for (const { place, kind, records } of rows) {
    const known = forms[place - 1]?.known[kind] ?? []
    chunks[place - 1]?.push(...readRecords(kind, Buffer.from(records, 'base64'), known))
  }
  return chunks
}

function readRecords(kind: Kind, records: Buffer, known: KnownChunks): KnownChunk[] {
  const chunks: KnownChunk[] = []
  for (let at = 0; at < records.length; ) {
    const chunk = records.readInt32BE(at)
    const version = records.readUInt32BE(at + 8)
    const end = at + HEAD + records.readInt32BE(at + 12) * ENTRY_BYTES
    const same = known[chunk]?.version === version ? known[chunk] : undefined
    const entries = records.subarray(at + HEAD, end)
    chunks.push(same ?? { kind, chunk, count: records.readInt32BE(at + 4), version, entries })
    at = end
  }
  return chunks
}

/** The postings of what was asked for, by the chunks of its forms. */
export function asPostings(
  { terms, forms }: Asked,
  chunks: readonly KnownChunk[][],
  statistics: Statistics,
  parameters: Bm25,
): Postings {
  const byForm = new Map(forms.map(({ form }, at) => [form, chunks[at] ?? []]))
  const read = terms.map((term) => ({
    weight: term.weight,
    chunks: term.forms.flatMap((form) => byForm.get(form) ?? []),
  }))
  return weigh(read, statistics, parameters)
}

/** Reads the postings of terms in one statement. */
export async function readPostings(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
  kinds: readonly Kind[] = KINDS,
): Promise<Postings> {
  const asked = askFor(userId, terms, kinds)
  const rows = terms.length === 0 ? [] : await db.$queryRaw<PostingRow[]>(postingRows(asked))
  return asPostings(asked, readChunks(asked, rows), statistics, parameters)
}

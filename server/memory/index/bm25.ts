import { CHUNK_BITS, decodeLength, ENTRY_BYTES } from './entry.ts'
import type { QueryTerm } from './query.ts'
import type { Reader, Statistics } from './statistics.ts'

export type Kind = 'memory' | 'message'

/** BM25's two parameters (Robertson & Zaragoza 2009): how soon repeats stop counting, how much long texts lose. */
export interface Bm25 {
  k1: number
  b: number
}

/** The scores of all texts of each kind, by number. */
export type Scores = Record<Kind, Float32Array>

interface TermPostings {
  term: string
  kind: Kind
  chunks: number[]
  counts: number[]
  /** All chunks' entries in a row, in base64: half the time of a bytea through the driver. */
  entries: string
}

/** Exact BM25 of every text that holds any of the terms: words are never required together. */
export async function scoreTexts(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  kinds: readonly Kind[],
  statistics: Statistics,
  parameters: Bm25,
): Promise<Scores> {
  const scores: Scores = {
    memory: new Float32Array(kinds.includes('memory') ? statistics.nextMemory : 0),
    message: new Float32Array(kinds.includes('message') ? statistics.nextMessage : 0),
  }
  const forms = [...new Set(terms.flatMap((term) => term.forms))]
  if (forms.length === 0) return scores
  const postings = await readPostings(db, userId, forms)
  const weights = weightTable(statistics.terms / Math.max(1, statistics.texts), parameters)
  for (const { forms, weight } of terms) {
    const rows = postings.filter(({ term }) => forms.includes(term))
    const holding = rows.reduce((sum, { counts }) => counts.reduce((a, b) => a + b, sum), 0)
    const idf = Math.log(1 + (statistics.texts - holding + 0.5) / (holding + 0.5))
    for (const row of rows) if (kinds.includes(row.kind)) addScores(scores[row.kind], row, weights, weight * idf)
  }
  return scores
}

function readPostings(db: Reader, userId: string, terms: string[]): Promise<TermPostings[]> {
  return db.$queryRaw<TermPostings[]>`
    select term, kind::text as kind, array_agg(chunk order by chunk) as chunks, array_agg(count order by chunk) as counts,
      encode(string_agg(entries, ''::bytea order by chunk), 'base64') as entries
    from posting where user_id = ${userId}::uuid and term = any(${terms}::text[])
    group by term, kind`
}

function addScores(scores: Float32Array, row: TermPostings, weights: Float32Array, idf: number): void {
  const bytes = Buffer.from(row.entries, 'base64')
  let at = 0
  for (const [index, chunk] of row.chunks.entries()) {
    const base = chunk << CHUNK_BITS
    const end = at + (row.counts[index] ?? 0) * ENTRY_BYTES
    for (; at < end; at += ENTRY_BYTES) {
      const low = bytes[at] as number
      const high = bytes[at + 1] as number
      const number = base | low | ((high & 15) << 8)
      scores[number] = (scores[number] ?? 0) + idf * (weights[((high >> 4) << 8) | (bytes[at + 2] as number)] as number)
    }
  }
}

/** The part of BM25 that depends on a posting alone, for every frequency (4 bits) and length (8 bits) there can be. */
function weightTable(averageLength: number, { k1, b }: Bm25): Float32Array {
  const table = new Float32Array(16 * 256)
  for (let code = 0; code < 256; code++) {
    const norm = k1 * (1 - b + (b * decodeLength(code)) / Math.max(1, averageLength))
    for (let frequency = 1; frequency < 16; frequency++) {
      table[(frequency << 8) | code] = (frequency * (k1 + 1)) / (frequency + norm)
    }
  }
  return table
}

/** The numbers of the `count` highest scores above zero, the highest first. */
export function highest(scores: Float32Array, count: number): number[] {
  const best: number[] = []
  const score = (number: number) => scores[number] as number
  let threshold = 0
  for (let number = 0; number < scores.length; number++) {
    if (score(number) <= threshold) continue
    best.push(number)
    if (best.length < 2 * count) continue
    best.sort((a, b) => score(b) - score(a)).length = count
    threshold = score(best[count - 1] as number)
  }
  return best.sort((a, b) => score(b) - score(a)).slice(0, count)
}

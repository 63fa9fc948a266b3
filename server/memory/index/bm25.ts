import { CHUNK_BITS, CHUNK_TEXTS, decodeLength, ENTRY_BYTES } from './entry.ts'
import type { QueryTerm } from './query.ts'
import type { Reader, Statistics } from './statistics.ts'

export const KINDS = ['memory', 'message'] as const
export type Kind = (typeof KINDS)[number]

/** BM25's two parameters (Robertson & Zaragoza 2009): how soon repeats stop counting, how much long texts lose. */
export interface Bm25 {
  k1: number
  b: number
  /** The power to which the inverse document frequency is raised; BM25 has 1. */
  rarity: number
}

/** Scores of texts by their number. */
export type Scores = Float32Array

interface TermPostings {
  term: string
  kind: Kind
  chunks: number[]
  counts: number[]
  /** All chunks' entries in a row, in base64: half the time of a bytea through the driver. */
  entries: string
}

interface ReadTerm {
  /** How much the term tells: rare ones more (BM25's inverse document frequency, times the term's weight). */
  idf: number
  lists: Record<Kind, { chunks: number[]; counts: number[]; bytes: Buffer }[]>
}

/** Every posting of a question's words, ready to be added up. */
export interface Postings {
  terms: ReadTerm[]
  weights: Float32Array
}

/** Reads the postings of all terms in one statement. A text need not hold more than one of them to count. */
export async function readPostings(
  db: Reader,
  userId: string,
  terms: readonly QueryTerm[],
  statistics: Statistics,
  parameters: Bm25,
): Promise<Postings> {
  const forms = [...new Set(terms.flatMap((term) => term.forms))]
  const rows =
    forms.length === 0
      ? []
      : await db.$queryRaw<TermPostings[]>`
          select term, kind::text as kind, array_agg(chunk order by chunk) as chunks,
            array_agg(count order by chunk) as counts,
            encode(string_agg(entries, ''::bytea order by chunk), 'base64') as entries
          from posting where user_id = ${userId}::uuid and term = any(${forms}::text[])
          group by term, kind`
  const lists = rows.map(({ entries, ...row }) => ({ ...row, bytes: Buffer.from(entries, 'base64') }))
  const { texts, terms: length } = statistics
  return {
    weights: weightTable(length / Math.max(1, texts), parameters),
    terms: terms.map(({ forms, weight }) => {
      const own = lists.filter(({ term }) => forms.includes(term))
      const holding = own.reduce((sum, { counts }) => counts.reduce((a, b) => a + b, sum), 0)
      return {
        idf: weight * Math.log(1 + (Math.max(0, texts - holding) + 0.5) / (holding + 0.5)) ** parameters.rarity,
        lists: {
          memory: own.filter(({ kind }) => kind === 'memory'),
          message: own.filter(({ kind }) => kind === 'message'),
        },
      }
    }),
  }
}

/** Exact BM25 of all texts of a kind; `size` is one more than their highest number. */
export function sumScores({ terms, weights }: Postings, kind: Kind, size: number): Scores {
  const scores = new Float32Array(size)
  for (const { idf, lists } of terms) {
    for (const { chunks, counts, bytes } of lists[kind]) {
      let at = 0
      for (const [index, chunk] of chunks.entries()) {
        const base = chunk << CHUNK_BITS
        for (const end = at + (counts[index] ?? 0) * ENTRY_BYTES; at < end; at += ENTRY_BYTES) {
          const number = base | placeAt(bytes, at)
          scores[number] = (scores[number] as number) + idf * weightAt(bytes, at, weights)
        }
      }
    }
  }
  return scores
}

/** What each term adds to the scores of some texts: a row of the question's terms for each of them, one after another. */
export function scoresByTerm(
  { terms, weights }: Postings,
  texts: readonly { kind: Kind; number: number }[],
): Float32Array {
  const rows = new Float32Array(texts.length * terms.length)
  for (const [term, { idf, lists }] of terms.entries()) {
    for (const kind of KINDS) {
      for (const { chunks, counts, bytes } of lists[kind]) {
        const ends = endsOf(counts)
        for (let row = 0; row < texts.length; row++) {
          const text = texts[row] as { kind: Kind; number: number }
          const chunk = text.kind === kind ? chunks.indexOf(text.number >> CHUNK_BITS) : -1
          if (chunk < 0) continue
          const at = find(bytes, text.number & (CHUNK_TEXTS - 1), ends[chunk - 1] ?? 0, ends[chunk] as number)
          if (at === null) continue
          const place = row * terms.length + term
          rows[place] = (rows[place] as number) + idf * weightAt(bytes, at, weights)
        }
      }
    }
  }
  return rows
}

/** How many entries there are in all chunks up to each. */
function endsOf(counts: readonly number[]): number[] {
  let end = 0
  return counts.map((count) => {
    end += count
    return end
  })
}

/** Where the entry of a text begins: they are in the order of their numbers, for numbers are given out in order. */
function find(bytes: Buffer, place: number, start: number, end: number): number | null {
  let low = start
  let high = end - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = placeAt(bytes, middle * ENTRY_BYTES)
    if (found === place) return middle * ENTRY_BYTES
    if (found < place) low = middle + 1
    else high = middle - 1
  }
  return null
}

/** A text's number within its chunk. */
function placeAt(bytes: Buffer, at: number): number {
  return (bytes[at] as number) | (((bytes[at + 1] as number) & 15) << 8)
}

function weightAt(bytes: Buffer, at: number, weights: Float32Array): number {
  return weights[(((bytes[at + 1] as number) >> 4) << 8) | (bytes[at + 2] as number)] as number
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

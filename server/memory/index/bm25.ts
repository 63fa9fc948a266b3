import { CHUNK_BITS, CHUNK_TEXTS, decodeLength, ENTRY_BYTES } from './entry.ts'
import type { Statistics } from './statistics.ts'

export const KINDS = ['memory', 'message'] as const
export type Kind = (typeof KINDS)[number]

/** BM25's two parameters (Robertson & Zaragoza 2009): how soon repeats stop counting, how much long texts lose. */
export interface Bm25 {
  k1: number
  b: number
  /** The power to which the inverse document frequency is raised; BM25 has 1. */
  rarity: number
}

/** A term's postings in one chunk of the texts of a kind. */
export interface Chunk {
  kind: Kind
  chunk: number
  /** How many of the chunk's texts hold the term. */
  count: number
  /** An entry for each of them; none of a kind that is not looked for. */
  entries: Buffer
}

interface WeighedTerm {
  /** How much the term tells: rare ones more (BM25's inverse document frequency, times the term's weight). */
  idf: number
  chunks: Chunk[]
}

/** Every posting of a question's words, ready to be added up. */
export interface Postings {
  terms: WeighedTerm[]
  weights: Float32Array
}

/** What was read of each of a question's terms, weighed by how many of the texts hold it. */
export function weigh(
  terms: readonly { weight: number; chunks: Chunk[] }[],
  { texts, terms: length }: Pick<Statistics, 'texts' | 'terms'>,
  parameters: Bm25,
): Postings {
  return {
    weights: weightTable(length / Math.max(1, texts), parameters),
    terms: terms.map(({ weight, chunks }) => {
      const holding = chunks.reduce((sum, { count }) => sum + count, 0)
      const idf = weight * Math.log(1 + (Math.max(0, texts - holding) + 0.5) / (holding + 0.5)) ** parameters.rarity
      return { idf, chunks }
    }),
  }
}

export interface Scored {
  number: number
  score: number
}

/**
 * The `count` texts of a kind with the highest BM25 above zero, exactly, the highest first. A chunk after another, so that
 * the scores of one stay in the processor's nearest cache.
 *
 * @param allowed the only texts that may be among them; null for all.
 */
export function findBest(
  { terms, weights }: Postings,
  kind: Kind,
  count: number,
  allowed: ReadonlySet<number> | null = null,
): Scored[] {
  const best: Scored[] = []
  const scores = new Float32Array(CHUNK_TEXTS)
  let threshold = 0
  const cut = () => {
    best.sort((a, b) => b.score - a.score).splice(count)
    if (best.length === count) threshold = best[count - 1]?.score ?? 0
  }
  for (const [chunk, held] of byChunk(terms, kind)) {
    scores.fill(0)
    for (const { idf, entries } of held) addUp(scores, idf, entries, weights)
    for (let place = 0; place < CHUNK_TEXTS; place++) {
      const score = scores[place] as number
      if (score <= threshold) continue
      const number = (chunk << CHUNK_BITS) | place
      if (allowed && !allowed.has(number)) continue
      best.push({ number, score })
      if (best.length === 2 * count) cut()
    }
  }
  cut()
  return best
}

function byChunk(terms: readonly WeighedTerm[], kind: Kind): Map<number, { idf: number; entries: Buffer }[]> {
  const chunks = new Map<number, { idf: number; entries: Buffer }[]>()
  for (const { idf, chunks: held } of terms) {
    for (const { chunk, entries, kind: own } of held) {
      if (own !== kind || entries.length === 0) continue
      const known = chunks.get(chunk)
      if (known) known.push({ idf, entries })
      else chunks.set(chunk, [{ idf, entries }])
    }
  }
  return chunks
}

function addUp(scores: Float32Array, idf: number, entries: Buffer, weights: Float32Array): void {
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const place = placeAt(entries, at)
    scores[place] = (scores[place] as number) + idf * weightAt(entries, at, weights)
  }
}

/** What each term adds to the scores of some texts: a row of the question's terms for each of them, one after another. */
export function scoresByTerm(
  { terms, weights }: Postings,
  texts: readonly { kind: Kind; number: number }[],
): Float32Array {
  const scores = new Float32Array(texts.length * terms.length)
  const rows = new Map<string, number[]>()
  for (const [row, { kind, number }] of texts.entries()) {
    const key = `${kind} ${number >> CHUNK_BITS}`
    const known = rows.get(key)
    if (known) known.push(row)
    else rows.set(key, [row])
  }
  for (const [term, { idf, chunks }] of terms.entries()) {
    for (const { kind, chunk, entries } of chunks) {
      for (const row of rows.get(`${kind} ${chunk}`) ?? []) {
        const at = find(entries, (texts[row]?.number ?? 0) & (CHUNK_TEXTS - 1))
        if (at === null) continue
        const place = row * terms.length + term
        scores[place] = (scores[place] as number) + idf * weightAt(entries, at, weights)
      }
    }
  }
  return scores
}

/** Where the entry of a text begins: they are in the order of their numbers, for numbers are given out in order. */
function find(entries: Buffer, place: number): number | null {
  let low = 0
  let high = entries.length / ENTRY_BYTES - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = placeAt(entries, middle * ENTRY_BYTES)
    if (found === place) return middle * ENTRY_BYTES
    if (found < place) low = middle + 1
    else high = middle - 1
  }
  return null
}

/** A text's number within its chunk. */
function placeAt(entries: Buffer, at: number): number {
  return (entries[at] as number) | (((entries[at + 1] as number) & 15) << 8)
}

function weightAt(entries: Buffer, at: number, weights: Float32Array): number {
  return weights[(((entries[at + 1] as number) >> 4) << 8) | (entries[at + 2] as number)] as number
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

import type { Reader } from '#server/db/reader.ts'
import { findBest, type Kind, type Postings, scoresByTerm } from './bm25.ts'
import { readTexts, type Text, type TextAt } from './texts.ts'

/** Texts that may answer, each at its row. */
export interface Candidates {
  texts: Text[]
  /** What each of the question's terms adds to a text's BM25: a row of `terms` numbers for each text. */
  byTerm: Float32Array
  terms: number
}

/** How many of the best texts of each kind are looked at more closely. */
const CLOSER = 64

/** What may answer beside the texts with the best scores, and what may not. */
export interface Scope {
  kinds: readonly Kind[]
  /** The only memories that may; null for all. */
  among: readonly number[] | null
  /** Texts near to the question in meaning, whatever their words. */
  near: readonly TextAt[]
}

/** The texts with the best scores and those near in meaning, and what was said right before and after them. */
export async function findCandidates(
  db: Reader,
  userId: string,
  postings: Postings,
  { kinds, among, near }: Scope,
): Promise<Candidates> {
  const allowed = among && new Set(among)
  const numbers = (kind: Kind) => {
    if (!kinds.includes(kind)) return []
    const only = kind === 'memory' ? allowed : null
    const best = findBest(postings, kind, CLOSER, only)
    const nearest = near.filter((text) => text.kind === kind && (only?.has(text.number) ?? true))
    return [...new Set([...best, ...nearest].map(({ number }) => number))]
  }
  const texts = await readTexts(db, userId, {
    memories: numbers('memory'),
    messages: numbers('message'),
  })
  return { texts, byTerm: scoresByTerm(postings, texts), terms: postings.terms.length }
}

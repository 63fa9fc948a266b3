import { highest, type Kind, type Postings, scoresByTerm, sumScores } from './bm25.ts'
import type { Reader, Statistics } from './statistics.ts'
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
  statistics: Statistics,
  { kinds, among, near }: Scope,
): Promise<Candidates> {
  const allowed = among && new Set(among)
  const numbers = (kind: Kind, size: number) => {
    if (!kinds.includes(kind)) return []
    const scores = sumScores(postings, kind, size)
    const nearest = near.filter((text) => text.kind === kind).map(({ number }) => number)
    if (kind === 'message' || !allowed) return [...new Set([...highest(scores, CLOSER), ...nearest])]
    const best = highest(
      scores.map((score, number) => (allowed.has(number) ? score : 0)),
      CLOSER,
    )
    return [...new Set([...best, ...nearest.filter((number) => allowed.has(number))])]
  }
  const texts = await readTexts(db, userId, {
    memories: numbers('memory', statistics.nextMemory),
    messages: numbers('message', statistics.nextMessage),
  })
  return { texts, byTerm: scoresByTerm(postings, texts), terms: postings.terms.length }
}

import { BY_ASSISTANT, FIRST_PERSON, QUESTION, SAYS_WHEN } from '#server/memory/text/traits.ts'
import type { Bm25, Scores } from './bm25.ts'
import type { Candidate } from './candidates.ts'
import type { Query } from './query.ts'

/** What ranking is made of. `bench/recall` measures what each is worth by setting it to what changes nothing. */
export interface Rules extends Bm25 {
  /** Shares of the score of the texts one and two places away in the thread: answers stand beside what was asked. */
  adjacent: number
  nearby: number
  /** Share of the best scores of its thread: one that keeps to the subject is likelier to hold the answer. */
  thread: number
  /** Factors: a question seldom answers one. */
  question: number
  /** A text with a date or "yesterday" in it, for a question that asks when. */
  saysWhen: number
  /** A text about its own author: what people remember about each other is said that way. */
  firstPerson: number
  /** A text by the person whom the question names, or by the user for a question about "me". */
  speaker: number
  /** A memory was kept on purpose; it has no neighbours to be lifted by. */
  memory: number
}

export const RULES: Rules = {
  k1: 0.9,
  b: 0.3,
  adjacent: 0.4,
  nearby: 0.2,
  thread: 0.2,
  question: 0.7,
  saysWhen: 1.3,
  firstPerson: 1.15,
  speaker: 1.5,
  memory: 2,
}

export interface Ranked {
  kind: 'memory' | 'message'
  number: number
  /** The best is 1. */
  score: number
}

/** Orders candidates, the best first. Those that share nothing with the question, not even nearby, are left out. */
export function rank(candidates: readonly Candidate[], scores: Scores, query: Query, rules: Rules): Ranked[] {
  const top = candidates.reduce((max, { bm25 }) => Math.max(max, bm25), 0)
  if (top === 0) return []
  const lifted = candidates.map((candidate) => ({
    candidate,
    score: inContext(candidate, scores.message, rules) / top,
  }))
  const threads = threadScores(lifted)
  const ranked = lifted.map(({ candidate, score }) => {
    const thread = candidate.threadId === null ? 0 : rules.thread * (threads.get(candidate.threadId) ?? 0)
    return { kind: candidate.kind, number: candidate.number, score: (score + thread) * factor(candidate, query, rules) }
  })
  ranked.sort((a, b) => b.score - a.score || b.number - a.number)
  const best = ranked[0]?.score ?? 1
  return ranked.filter(({ score }) => score > 0).map((hit) => ({ ...hit, score: hit.score / best }))
}

function inContext({ kind, bm25, around }: Candidate, messages: Float32Array, rules: Rules): number {
  if (kind === 'memory') return bm25
  const at = (number: number | null | undefined) => (number == null ? 0 : (messages[number] ?? 0))
  const [twoBefore, before, after, twoAfter] = around
  return bm25 + rules.adjacent * (at(before) + at(after)) + rules.nearby * (at(twoBefore) + at(twoAfter))
}

/** Best score of each thread plus half of its second and a quarter of its third. */
function threadScores(lifted: readonly { candidate: Candidate; score: number }[]): Map<string, number> {
  const best = new Map<string, number[]>()
  for (const { candidate, score } of lifted) {
    if (candidate.threadId === null) continue
    const known = best.get(candidate.threadId) ?? []
    best.set(candidate.threadId, [...known, score].sort((a, b) => b - a).slice(0, 3))
  }
  return new Map([...best].map(([id, tops]) => [id, tops.reduce((sum, score, place) => sum + score / 2 ** place, 0)]))
}

function factor({ kind, traits, speaker }: Candidate, query: Query, rules: Rules): number {
  if (kind === 'memory') return rules.memory
  let product = 1
  if (traits & QUESTION) product *= rules.question
  if (query.asksWhen && traits & SAYS_WHEN) product *= rules.saysWhen
  if (traits & FIRST_PERSON) product *= rules.firstPerson
  const byTheOneMeant = speaker === null ? query.asksAboutSelf && !(traits & BY_ASSISTANT) : query.named.has(speaker)
  if (byTheOneMeant) product *= rules.speaker
  return product
}

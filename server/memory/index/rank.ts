import { BY_ASSISTANT, FIRST_PERSON, QUESTION, SAYS_WHEN } from '#server/memory/text/traits.ts'
import type { Kind, Postings } from './bm25.ts'
import type { Candidate } from './candidates.ts'
import type { Query } from './query.ts'
import type { Rules } from './rules.ts'

export interface Ranked {
  kind: Kind
  number: number
  /** The best is 1. */
  score: number
}

/** Orders candidates, the best first. `meaning` is how near each is to the question, 0 to 1, or empty. */
export function rank(
  candidates: readonly Candidate[],
  postings: Postings,
  query: Query,
  meaning: readonly number[],
  rules: Rules,
): Ranked[] {
  const best = highestOf(candidates.map(({ byTerm }) => total(byTerm))) || 1
  const near = new Map(candidates.map((candidate, at) => [candidate, meaning[at] ?? 0]))
  const lifted = candidates.map((candidate) => ({
    candidate,
    score: inContext(candidate, rules) / best + nearness(candidate, near, rules),
  }))
  const stretches = stretchScores(lifted, postings, rules)
  const ranked = lifted.map(({ candidate, score }) => ({
    kind: candidate.kind,
    number: candidate.number,
    score: (score + (stretches.get(candidate.stretch ?? '') ?? 0)) * factor(candidate, query, rules),
  }))
  ranked.sort((a, b) => b.score - a.score || b.number - a.number)
  const top = highestOf(ranked.map(({ score }) => score))
  return ranked.filter(({ score }) => score > 0).map((hit) => ({ ...hit, score: hit.score / top }))
}

/**
 * BM25 of a text and of what was said around it, term by term: half of it adds up over the texts, half counts each term
 * once, where it weighs most, so that one word said over and over does not outweigh two that were asked for.
 */
function inContext(candidate: Candidate, rules: Rules): number {
  const { byTerm, around } = candidate
  const before = around[1]
  const shares = around.map((other, place) => ({
    byTerm: other?.byTerm,
    share: place === 1 ? rules.before : place === 2 ? rules.after : rules.nearby,
  }))
  let score = 0
  for (let term = 0; term < byTerm.length; term++) {
    const own = byTerm[term] as number
    let sum = own
    let most = own
    for (const other of shares) {
      const value = other.share * (other.byTerm?.[term] ?? 0)
      sum += value
      most = Math.max(most, value)
    }
    score += rules.once * most + (1 - rules.once) * sum
  }
  if (before && before.traits & QUESTION) score += rules.answer * total(before.byTerm)
  return score
}

/** How near a text is in meaning, and shares of how near its neighbours are. */
function nearness(candidate: Candidate, meaning: ReadonlyMap<Candidate, number>, rules: Rules): number {
  const of = (text: Candidate | null | undefined) => (text ? (meaning.get(text) ?? 0) : 0)
  const [twoBefore, before, after, twoAfter] = candidate.around
  const beside = rules.before * of(before) + rules.after * of(after)
  return rules.meaning * (of(candidate) + beside + rules.nearby * (of(twoBefore) + of(twoAfter)))
}

interface Lifted {
  candidate: Candidate
  score: number
}

/** What belonging to a stretch of a thread is worth: its best texts, and how many of the question's terms it holds. */
function stretchScores(lifted: readonly Lifted[], { terms }: Postings, rules: Rules): Map<string, number> {
  const stretches = new Map<string, { best: number[]; holds: Uint8Array }>()
  for (const { candidate, score } of lifted) {
    if (candidate.stretch === null) continue
    const known = stretches.get(candidate.stretch) ?? { best: [], holds: new Uint8Array(terms.length) }
    known.best = [...known.best, score].sort((a, b) => b - a).slice(0, 3)
    for (let term = 0; term < terms.length; term++) if (candidate.byTerm[term]) known.holds[term] = 1
    stretches.set(candidate.stretch, known)
  }
  const tells = terms.map((_, term) => inverseFrequency(stretches, term))
  const covered = new Map([...stretches].map(([id, { holds }]) => [id, weightOf(holds, tells)]))
  const most = highestOf([...covered.values()]) || 1
  return new Map(
    [...stretches].map(([id, { best }]) => {
      const texts = best.reduce((sum, score, place) => sum + score / 2 ** place, 0)
      return [id, rules.stretch * texts + rules.covers * ((covered.get(id) ?? 0) / most)]
    }),
  )
}

/** As in BM25, over stretches: a term that few of them hold tells them apart. */
function inverseFrequency(stretches: ReadonlyMap<string, { holds: Uint8Array }>, term: number): number {
  let holding = 0
  for (const { holds } of stretches.values()) if (holds[term]) holding++
  return Math.log(1 + (stretches.size - holding + 0.5) / (holding + 0.5))
}

function weightOf(holds: Uint8Array, tells: readonly number[]): number {
  return tells.reduce((sum, value, term) => (holds[term] ? sum + value : sum), 0)
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

function total(byTerm: Float32Array): number {
  let sum = 0
  for (const value of byTerm) sum += value
  return sum
}

function highestOf(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0)
}

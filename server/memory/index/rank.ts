import { BY_ASSISTANT, FIRST_PERSON, QUESTION, SAYS_WHEN } from '#server/memory/text/traits.ts'
import type { Kind } from './bm25.ts'
import type { Candidates } from './candidates.ts'
import type { Query } from './query.ts'
import type { Rules } from './rules.ts'
import type { Text } from './texts.ts'

export interface Ranked {
  kind: Kind
  number: number
  /** The best is 1. */
  score: number
}

/** Orders candidates, the best first. `meaning` is how near each is to the question, 0 to 1, or empty. */
export function rank(candidates: Candidates, query: Query, meaning: readonly number[], rules: Rules): Ranked[] {
  const { texts } = candidates
  const best = highestOf(texts.map((text) => total(text, candidates))) || 1
  const lifted = texts.map((text) => inContext(text, candidates, rules) / best + nearness(text, meaning, rules))
  const stretches = stretchScores(candidates, lifted, rules)
  const scores = texts.map(
    (text) => ((lifted[text.row] as number) + (stretches.get(text.stretch ?? '') ?? 0)) * factor(text, query, rules),
  )
  const score = ({ row }: Text) => scores[row] as number
  const top = highestOf(scores)
  return texts
    .filter((text) => score(text) > 0)
    .sort((a, b) => score(b) - score(a) || b.number - a.number)
    .map((text) => ({ kind: text.kind, number: text.number, score: score(text) / top }))
}

/**
 * BM25 of a text and of what was said around it, term by term: half of it adds up over the texts, half counts each term
 * once, where it weighs most, so that one word said over and over does not outweigh two that were asked for.
 */
function inContext(text: Text, candidates: Candidates, rules: Rules): number {
  const { before, after } = text
  const of = (other: Text | null | undefined, term: number) => (other ? scoreOf(other, candidates, term) : 0)
  let score = 0
  for (let term = 0; term < candidates.terms; term++) {
    const own = of(text, term)
    const one = rules.before * of(before, term)
    const next = rules.after * of(after, term)
    const two = rules.nearby * of(before?.before, term)
    const nextButOne = rules.nearby * of(after?.after, term)
    const most = Math.max(own, one, next, two, nextButOne)
    score += rules.once * most + (1 - rules.once) * (own + one + next + two + nextButOne)
  }
  if (before && before.traits & QUESTION) score += rules.answer * total(before, candidates)
  return score
}

/** How near a text is in meaning, and shares of how near its neighbours are. */
function nearness(text: Text, meaning: readonly number[], rules: Rules): number {
  const of = (other: Text | null | undefined) => (other ? (meaning[other.row] ?? 0) : 0)
  const { before, after } = text
  const beside = rules.before * of(before) + rules.after * of(after)
  return rules.meaning * (of(text) + beside + rules.nearby * (of(before?.before) + of(after?.after)))
}

interface Stretch {
  /** The scores of its three best texts, the best first. */
  best: [number, number, number]
  /** Which of the question's terms it holds. */
  holds: Uint8Array
}

/** What belonging to a stretch of a thread is worth: its best texts, and how many of the question's terms it holds. */
function stretchScores(candidates: Candidates, scores: readonly number[], rules: Rules): Map<string, number> {
  const { texts, terms } = candidates
  const stretches = new Map<string, Stretch>()
  for (const text of texts) {
    if (text.stretch === null) continue
    const known = stretches.get(text.stretch) ?? { best: [0, 0, 0], holds: new Uint8Array(terms) }
    stretches.set(text.stretch, known)
    known.best = withScore(known.best, scores[text.row] as number)
    for (let term = 0; term < terms; term++) if (scoreOf(text, candidates, term)) known.holds[term] = 1
  }
  const tells = Array.from({ length: terms }, (_, term) => inverseFrequency(stretches, term))
  const covered = new Map([...stretches].map(([id, { holds }]) => [id, weightOf(holds, tells)]))
  const most = highestOf([...covered.values()]) || 1
  return new Map(
    [...stretches].map(([id, { best }]) => {
      const texts = best[0] + best[1] / 2 + best[2] / 4
      return [id, rules.stretch * texts + rules.covers * ((covered.get(id) ?? 0) / most)]
    }),
  )
}

function withScore(best: Stretch['best'], score: number): Stretch['best'] {
  const [first, second, third] = best
  if (score > first) return [score, first, second]
  if (score > second) return [first, score, second]
  return score > third ? [first, second, score] : best
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

function factor({ kind, traits, speaker }: Text, query: Query, rules: Rules): number {
  if (kind === 'memory') return rules.memory
  let product = 1
  if (traits & QUESTION) product *= rules.question
  if (query.asksWhen && traits & SAYS_WHEN) product *= rules.saysWhen
  if (traits & FIRST_PERSON) product *= rules.firstPerson
  const byTheOneMeant = speaker === null ? query.asksAboutSelf && !(traits & BY_ASSISTANT) : query.named.has(speaker)
  if (byTheOneMeant) product *= rules.speaker
  return product
}

function scoreOf({ row }: Text, { byTerm, terms }: Candidates, term: number): number {
  return byTerm[row * terms + term] as number
}

function total(text: Text, candidates: Candidates): number {
  let sum = 0
  for (let term = 0; term < candidates.terms; term++) sum += scoreOf(text, candidates, term)
  return sum
}

function highestOf(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0)
}

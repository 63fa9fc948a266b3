import type { Bm25 } from './bm25.ts'

/**
 * What ranking is made of. `npm run bench:recall -- --ablation` measures what each is worth by setting it to what
 * changes nothing, `--held-out` chooses the values anew without the conversation that is asked: without seven of
 * ten it chose these, without the others a step beside one of them.
 */
export interface Rules extends Bm25 {
  /** Shares of the score of the texts right before and after, and of those two places away: an answer stands beside
   * what was asked. */
  before: number
  after: number
  nearby: number
  /** How much of a term's score counts once over a text and its neighbours, rather than adding up. */
  once: number
  /** Share of the score of a question right before: what follows it is its answer. */
  answer: number
  /** Share of the best scores of its stretch of the thread: one that keeps to the subject is likelier to answer. */
  stretch: number
  /** What a stretch gains that holds all of the question's terms, in all its texts together. */
  covers: number
  /** What being near to the question in meaning is worth, by the vectors of its words. */
  meaning: number
  /** Factors: a question seldom answers one. */
  question: number
  /** A text with a date or "yesterday" in it, for a question that asks when. */
  saysWhen: number
  /** A text about its own author: that is how people say what others ask about them later. */
  firstPerson: number
  /** A text by the person whom the question names, or by the user for a question about "me". */
  speaker: number
  /** A memory was kept on purpose; it has no neighbours to be lifted by. */
  memory: number
}

export const RULES: Rules = {
  k1: 1.2,
  b: 0.1,
  rarity: 1.3,
  before: 0.6,
  after: 0.4,
  nearby: 0.4,
  once: 0.75,
  answer: 0.3,
  stretch: 0.1,
  covers: 0.3,
  meaning: 0.4,
  question: 0.8,
  saysWhen: 1.45,
  firstPerson: 1.1,
  speaker: 1.5,
  memory: 2,
}

/** Each rule's value that makes it change nothing. */
export const WITHOUT: Partial<Rules> = {
  rarity: 1,
  before: 0,
  after: 0,
  nearby: 0,
  once: 0,
  answer: 0,
  stretch: 0,
  covers: 0,
  meaning: 0,
  question: 1,
  saysWhen: 1,
  firstPerson: 1,
  speaker: 1,
}

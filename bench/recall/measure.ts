export interface Answer {
  category: number
  /** Ids of the turns that hold the answer. */
  evidence: ReadonlySet<string>
  /** Ids of what was found, the best first. */
  found: readonly string[]
  ms: number
}

/** Recalls in percent: the mean share of the evidence among the first k. r5 to mrr over categories 1–4. */
export interface Figures {
  r5: number
  r10: number
  r20: number
  mrr: number
  r10_all: number
  p50_ms: number
  p95_ms: number
  /** R@10 of each category. */
  by_category: Record<string, number>
}

export function measure(answers: readonly Answer[]): Figures {
  const headline = answers.filter(({ category }) => category < 5)
  const categories = [...new Set(answers.map(({ category }) => category))].sort()
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    r5: recall(headline, 5),
    r10: recall(headline, 10),
    r20: recall(headline, 20),
    mrr: round(mean(headline.map(reciprocalRank)), 3),
    r10_all: recall(answers, 10),
    p50_ms: round(times[Math.floor(times.length * 0.5)] ?? 0, 1),
    p95_ms: round(times[Math.floor(times.length * 0.95)] ?? 0, 1),
    by_category: Object.fromEntries(
      categories.map((category) => [
        category,
        recall(
          answers.filter((answer) => answer.category === category),
          10,
        ),
      ]),
    ),
  }
}

function recall(answers: readonly Answer[], k: number): number {
  const shares = answers.map(({ found, evidence }) => {
    return found.slice(0, k).filter((id) => evidence.has(id)).length / evidence.size
  })
  return round(100 * mean(shares), 1)
}

function reciprocalRank({ found, evidence }: Answer): number {
  const rank = found.findIndex((id) => evidence.has(id))
  return rank < 0 ? 0 : 1 / (rank + 1)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

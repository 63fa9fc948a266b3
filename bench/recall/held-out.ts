import type { Database } from '#server/db/database.ts'
import { findCandidates } from '#server/memory/index/candidates.ts'
import { readPostings } from '#server/memory/index/postings.ts'
import { readQuery } from '#server/memory/index/query.ts'
import { rank } from '#server/memory/index/rank.ts'
import { RULES, type Rules } from '#server/memory/index/rules.ts'
import { readStatistics } from '#server/memory/index/statistics.ts'
import { nearInMeaning } from '#server/memory/recall.ts'
import type { ImportedUser } from './histories.ts'
import { type Answer, type Figures, measure } from './measure.ts'

/** Where tuning starts, in the middle, and what it may choose. */
const CHOICES = {
  before: [0.4, 0.3, 0.5, 0.6],
  after: [0.3, 0.2, 0.4, 0.5],
  nearby: [0.2, 0.1, 0.3, 0.4],
  once: [0.5, 0.25, 0.75],
  answer: [0.15, 0, 0.3, 0.45],
  stretch: [0.05, 0, 0.1],
  covers: [0.3, 0.2, 0.4, 0.5],
  meaning: [0.4, 0.3, 0.5, 0.6, 0.8],
  question: [0.8, 0.7, 0.85, 0.9],
  saysWhen: [1.3, 1.15, 1.45],
  firstPerson: [1.1, 1, 1.15, 1.25],
  speaker: [1.5, 1.3, 1.7],
} satisfies Partial<Record<keyof Rules, number[]>>

type Chosen = Partial<Rules>
type Rank = (rules: Rules) => Answer

/**
 * What recall comes to on conversations that the rules' values were not chosen on: they are chosen by coordinate ascent
 * on all conversations but one, which is then asked, and so for each. The values start in the middle of what may be
 * chosen, so that nothing is known of the ones in `RULES`.
 */
export async function heldOut(db: Database, users: readonly ImportedUser[]): Promise<Figures> {
  const conversations: Rank[][] = []
  for (const user of users) conversations.push(await prepare(db, user))
  const measured = new Map<string, Answer[][]>()
  const answersBy = (chosen: Chosen) => {
    const key = JSON.stringify(chosen)
    const known = measured.get(key) ?? conversations.map((asks) => asks.map((ask) => ask({ ...RULES, ...chosen })))
    measured.set(key, known)
    return known
  }
  const worth = (chosen: Chosen, without: number) => {
    const { r10, r10_all, mrr } = measure(answersBy(chosen).flatMap((answers, at) => (at === without ? [] : answers)))
    return r10 + r10_all + 100 * mrr
  }
  const held = conversations.flatMap(
    (_, without) => answersBy(choose((chosen) => worth(chosen, without)))[without] ?? [],
  )
  return measure(held)
}

function choose(worth: (chosen: Chosen) => number): Chosen {
  const entries = Object.entries(CHOICES)
  let best: Chosen = Object.fromEntries(entries.map(([rule, [middle]]) => [rule, middle]))
  let most = worth(best)
  for (const [rule, values] of entries) {
    for (const value of values.slice(1)) {
      const tried = { ...best, [rule]: value }
      const gained = worth(tried)
      if (gained > most) [best, most] = [tried, gained]
    }
  }
  return best
}

/** Everything of a user's searches that no rule under trial changes, read once. */
async function prepare(db: Database, { userId, questions }: ImportedUser): Promise<Rank[]> {
  const statistics = await readStatistics(db.prisma, userId)
  if (!statistics) return []
  const asks: Rank[] = []
  for (const { text, category, evidence } of questions) {
    const query = readQuery(text, statistics.languages, statistics.speakers)
    const postings = await readPostings(db.prisma, userId, query.terms, statistics, RULES)
    const scope = { kinds: ['message'], among: null, near: [] } as const
    const candidates = await findCandidates(db.prisma, userId, postings, scope)
    const meaning = nearInMeaning(query, postings, candidates.texts)
    const numbers = await db.prisma.indexedText.findMany({
      where: { userId, kind: 'message', number: { in: candidates.texts.map(({ number }) => number) } },
      select: { number: true, sourceId: true },
    })
    const ids = new Map(numbers.map(({ number, sourceId }) => [number, sourceId]))
    asks.push((rules) => {
      const ranked = rank(candidates, query, meaning, rules).slice(0, 20)
      return { category, evidence, ms: 0, found: ranked.map(({ number }) => ids.get(number) ?? '') }
    })
  }
  return asks
}

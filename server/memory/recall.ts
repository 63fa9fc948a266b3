import type { z } from 'zod'
import type { Found, Hit, searchInput } from '#shared/memory.ts'
import type { MemoryFilter } from '#shared/memory-filter.ts'
import type { Caller } from './caller.ts'
import { embedQuestion } from './embed.ts'
import { isFiltered, numbersPassing } from './filter.ts'
import { readHits } from './hits.ts'
import { KINDS, type Kind, type Postings } from './index/bm25.ts'
import { findCandidates } from './index/candidates.ts'
import { consultIndex, type Tongue } from './index/consult.ts'
import { type Query, readQuery } from './index/query.ts'
import { rank } from './index/rank.ts'
import { RULES, type Rules } from './index/rules.ts'
import type { Text } from './index/texts.ts'
import { completions } from './index/unfinished.ts'
import { snippet, sought } from './text/snippet.ts'
import { findNearest, nearnessByVector } from './vectors.ts'
import { nearness } from './word-vectors.ts'

/** Beyond the limit, to make up for hits that are left out as they are read. */
const SPARE = 20

export async function searchMemory(
  { deps, userId }: Caller,
  input: z.output<typeof searchInput>,
): Promise<{ hits: Found[] }> {
  const hits = await recallFor(deps, { userId, ...input })
  const asked = sought(input.query)
  return {
    hits: hits.map((hit) => {
      const { text, matches } = snippet(hit, asked)
      return { ...hit, snippet: text, matches }
    }),
  }
}

interface Question {
  userId: string
  query: string
  limit: number
  /** Only memories, or only messages. */
  kind?: Kind
  /** Only memories that meet it. */
  filter?: MemoryFilter
  /** Its last word, where it is asked while it is typed: that may be the beginning of one. */
  begun?: string | null
  rules?: Rules
}

/**
 * The user's memories and messages that a text calls to mind, the best first. Without an embedding model, empty when
 * nothing has a word of it.
 */
export async function recallFor(
  { db, clock, embedder }: Caller['deps'],
  { userId, query: text, limit, kind, filter, begun, rules = RULES }: Question,
): Promise<Hit[]> {
  const kinds = KINDS.filter((each) => (!kind || each === kind) && (!isFiltered(filter) || each === 'memory'))
  const read = async ({ languages, speakers }: Tongue): Promise<Query> => {
    const query = readQuery(text, languages, speakers)
    const completed = begun ? await completions(db.reader, userId, begun, languages) : []
    return { ...query, terms: [...query.terms, ...completed] }
  }
  const [consulted, asked] = await Promise.all([
    consultIndex(db.reader, userId, read, rules, kinds),
    embedQuestion(embedder, text),
  ])
  if (!consulted) return []
  const { query, postings } = consulted
  const [near, among] = await Promise.all([
    asked ? findNearest(db.reader, userId, asked, kinds) : [],
    isFiltered(filter) ? numbersPassing(db.reader, userId, filter) : null,
  ])
  const candidates = await findCandidates(db.reader, userId, postings, { kinds, among, near })
  const byWords = rules.meaning > 0 ? nearInMeaning(query, postings, candidates.texts) : []
  const byVector = asked ? await nearnessByVector(db.reader, userId, asked, candidates.texts) : []
  const meaning = byWords.map((nearness, at) => byVector[at] ?? nearness)
  const ranked = rank(candidates, query, meaning, rules).slice(0, limit + SPARE)
  return (await readHits(db.reader, userId, ranked, new Date(clock.now()))).slice(0, limit)
}

/** How near texts are to a question by the vectors of its words, 0 to 1 each. */
export function nearInMeaning(query: Query, { terms }: Postings, texts: readonly Text[]): number[] {
  const asked = query.terms.flatMap(({ forms }, at) => forms.map((form) => [form, terms[at]?.idf ?? 0] as const))
  return nearness(
    asked,
    texts.map(({ meaning }) => meaning),
  )
}

import { highest, type Kind, type Postings, scoresByTerm, sumScores } from './bm25.ts'
import type { Reader, Statistics } from './statistics.ts'

/** A text of a user's, by its kind and number. */
export interface TextAt {
  kind: Kind
  number: number
}

/** A text that may answer, with its place in its conversation. */
export interface Candidate extends TextAt {
  /** The stretch of its thread that it belongs to; null for a memory. */
  stretch: string | null
  traits: number
  speaker: number | null
  /** What each of the question's terms adds to its BM25. */
  byTerm: Float32Array
  /** The terms it is indexed under. */
  terms: string[]
  /** The texts said two before, one before, one after and two after it in its thread, as far as they are candidates. */
  around: (Candidate | null)[]
}

/** How many of the best texts of each kind are looked at more closely. */
const CLOSER = 64
/** How far around a text its thread is read. */
const REACH = 2
/** A thread is cut every 256 texts: one that goes on for a year has no single subject. */
const STRETCH_BITS = 8

interface MemoryText {
  number: number
  terms: string
}

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
): Promise<Candidate[]> {
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
  const [memories, messages] = await Promise.all([
    readMemories(db, userId, numbers('memory', statistics.nextMemory)),
    readSurroundings(db, userId, numbers('message', statistics.nextMessage)),
  ])
  const rows = (kind: Kind, texts: readonly { number: number }[]) =>
    scoresByTerm(
      postings,
      kind,
      texts.map(({ number }) => number),
    )
  return [...besideNone(memories, rows('memory', memories)), ...unite(messages, rows('message', messages))]
}

function besideNone(memories: readonly MemoryText[], byTerm: ReadonlyMap<number, Float32Array>): Candidate[] {
  return memories.map(({ number, terms }) => ({
    kind: 'memory',
    number,
    stretch: null,
    traits: 0,
    speaker: null,
    byTerm: byTerm.get(number) ?? new Float32Array(),
    terms: terms.split(' '),
    around: [],
  }))
}

async function readMemories(db: Reader, userId: string, numbers: number[]): Promise<MemoryText[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<MemoryText[]>`
    select number, array_to_string(terms, ' ') as terms from indexed_text
    where user_id = ${userId}::uuid and kind = 'memory' and number = any(${numbers}::int[])`
}

interface Said {
  number: number
  threadId: string
  traits: number
  speaker: number | null
  /** Numbers of the texts right before and after it in its thread, as far as they are among those read. */
  before: number | null
  after: number | null
  terms: string
}

/**
 * Messages and those around them in their threads. Nested loops over the key, whatever the planner knows: a fresh
 * database has no statistics yet.
 */
async function readSurroundings(db: Reader, userId: string, numbers: number[]): Promise<Said[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<Said[]>`
    select number, min(thread_id::text) as "threadId", min(traits)::int as traits, min(speaker) as speaker,
      max(before) as before, min(after) as after, min(array_to_string(terms, ' ')) as terms
    from (
      select said.number, own.thread_id, traits, speaker, terms,
        lag(said.number) over stretch as before, lead(said.number) over stretch as after
      from unnest(${numbers}::int[]) as best(number)
      cross join lateral (
        select number, thread_id from indexed_text
        where user_id = ${userId}::uuid and kind = 'message' and number = best.number limit 1
      ) as own
      cross join lateral (
        (select number, traits, speaker, terms from indexed_text
          where user_id = ${userId}::uuid and thread_id = own.thread_id and number <= own.number
          order by number desc limit ${REACH + 1})
        union all
        (select number, traits, speaker, terms from indexed_text
          where user_id = ${userId}::uuid and thread_id = own.thread_id and number > own.number
          order by number limit ${REACH})
      ) as said
      window stretch as (partition by own.number order by said.number)
    ) as surroundings
    group by number`
}

function unite(texts: readonly Said[], byTerm: ReadonlyMap<number, Float32Array>): Candidate[] {
  const candidates = new Map(texts.map((text) => [text.number, asCandidate(text, byTerm)]))
  const places = new Map(texts.map((text) => [text.number, text]))
  const next = (of: number | null | undefined, way: 'before' | 'after') => places.get(of ?? -1)?.[way] ?? null
  const candidate = (number: number | null) => candidates.get(number ?? -1) ?? null
  for (const { number, before, after } of texts) {
    const around = [next(before, 'before'), before, after, next(after, 'after')]
    const found = candidates.get(number)
    if (found) found.around = around.map(candidate)
  }
  return [...candidates.values()]
}

function asCandidate(text: Said, byTerm: ReadonlyMap<number, Float32Array>): Candidate {
  return {
    kind: 'message',
    number: text.number,
    stretch: `${text.threadId} ${text.number >> STRETCH_BITS}`,
    traits: text.traits,
    speaker: text.speaker,
    byTerm: byTerm.get(text.number) ?? new Float32Array(),
    terms: text.terms.split(' '),
    around: [],
  }
}

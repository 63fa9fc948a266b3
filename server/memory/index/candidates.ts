import { highest, type Kind, type Postings, type Scores, scoresByTerm, sumScores } from './bm25.ts'
import type { Reader, Statistics } from './statistics.ts'

/** A text that may answer, with its place in its conversation. */
export interface Candidate {
  kind: Kind
  number: number
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
const CLOSER = 128
/** How far around a text its thread is read. */
const REACH = 2
/** A thread is cut every 256 texts: one that goes on for a year has no single subject. */
const STRETCH_BITS = 8

interface MemoryText {
  number: number
  terms: string
}

interface Window {
  number: number
  threadId: string
  numbers: number[]
  traits: number[]
  speakers: (number | null)[]
  terms: string[]
}

/**
 * The texts with the best scores, and those said right before and after them, which often hold the answer. Of memories,
 * only the numbers in `among` when that is given.
 */
export async function findCandidates(
  db: Reader,
  userId: string,
  postings: Postings,
  kinds: readonly Kind[],
  statistics: Statistics,
  among: readonly number[] | null,
): Promise<Candidate[]> {
  const [memories, messages] = await Promise.all([
    kinds.includes('memory') ? memoryCandidates(db, userId, postings, statistics.nextMemory, among) : [],
    kinds.includes('message') ? messageCandidates(db, userId, postings, statistics.nextMessage) : [],
  ])
  return [...memories, ...messages]
}

async function memoryCandidates(
  db: Reader,
  userId: string,
  postings: Postings,
  size: number,
  among: readonly number[] | null,
): Promise<Candidate[]> {
  const scores = sumScores(postings, 'memory', size)
  const numbers = highest(among ? only(scores, among) : scores, CLOSER)
  const texts = await readMemories(db, userId, numbers)
  const byTerm = scoresByTerm(postings, 'memory', numbers, size)
  return texts.map(({ number, terms }) => ({
    kind: 'memory',
    number,
    stretch: null,
    traits: 0,
    speaker: null,
    byTerm: byTerm.get(number) ?? new Float32Array(postings.terms.length),
    terms: terms.split(' '),
    around: [],
  }))
}

function only(scores: Scores, numbers: readonly number[]): Scores {
  const left = new Float32Array(scores.length)
  for (const number of numbers) left[number] = scores[number] ?? 0
  return left
}

async function messageCandidates(db: Reader, userId: string, postings: Postings, size: number): Promise<Candidate[]> {
  const scores: Scores = sumScores(postings, 'message', size)
  const windows = await readWindows(db, userId, highest(scores, CLOSER))
  const numbers = new Set(windows.flatMap((window) => window.numbers))
  return unite(windows, scoresByTerm(postings, 'message', numbers, size))
}

async function readMemories(db: Reader, userId: string, numbers: number[]): Promise<MemoryText[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<MemoryText[]>`
    select number, array_to_string(terms, ' ') as terms from indexed_text
    where user_id = ${userId}::uuid and kind = 'memory' and number = any(${numbers}::int[])`
}

/** Nested loops over the key, whatever the planner knows: a fresh database has no statistics yet. */
async function readWindows(db: Reader, userId: string, numbers: number[]): Promise<Window[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<Window[]>`
    select own.number, own.thread_id as "threadId", array_agg(said.number order by said.number) as numbers,
      array_agg(said.traits::int order by said.number) as traits, array_agg(said.speaker order by said.number) as speakers,
      array_agg(array_to_string(said.terms, ' ') order by said.number) as terms
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
    group by own.number, own.thread_id`
}

function unite(windows: readonly Window[], byTerm: ReadonlyMap<number, Float32Array>): Candidate[] {
  const candidates = new Map<number, Candidate>()
  const next = new Map<Candidate, Candidate>()
  const previous = new Map<Candidate, Candidate>()
  for (const window of windows) {
    let before: Candidate | null = null
    for (const [at, number] of window.numbers.entries()) {
      const candidate = candidates.get(number) ?? readCandidate(window, at, number, byTerm)
      candidates.set(number, candidate)
      if (before) {
        next.set(before, candidate)
        previous.set(candidate, before)
      }
      before = candidate
    }
  }
  const step = (from: Candidate | null, way: Map<Candidate, Candidate>) => (from && way.get(from)) ?? null
  for (const candidate of candidates.values()) {
    const before = step(candidate, previous)
    const after = step(candidate, next)
    candidate.around = [step(before, previous), before, after, step(after, next)]
  }
  return [...candidates.values()]
}

function readCandidate(
  { threadId, traits, speakers, terms }: Window,
  at: number,
  number: number,
  byTerm: ReadonlyMap<number, Float32Array>,
): Candidate {
  return {
    kind: 'message',
    number,
    stretch: `${threadId} ${number >> STRETCH_BITS}`,
    traits: traits[at] ?? 0,
    speaker: speakers[at] ?? null,
    byTerm: byTerm.get(number) ?? new Float32Array(),
    terms: terms[at]?.split(' ') ?? [],
    around: [],
  }
}

import type { Scores } from './bm25.ts'
import { highest } from './bm25.ts'
import type { Reader } from './statistics.ts'

/** A text that may answer, with its place in its conversation. */
export interface Candidate {
  kind: 'memory' | 'message'
  number: number
  threadId: string | null
  traits: number
  speaker: number | null
  bm25: number
  /** Numbers of the texts said around it in its thread: two before, one before, one after, two after. */
  around: (number | null)[]
}

/** How many of the best texts of each kind are looked at more closely. */
const CLOSER = 200
/** How far around a text its thread is read. */
const REACH = 2

interface Window {
  number: number
  threadId: string
  numbers: number[]
  traits: number[]
  speakers: (number | null)[]
}

/** The texts with the best scores, and those said right before and after them, which often hold the answer. */
export async function findCandidates(db: Reader, userId: string, scores: Scores): Promise<Candidate[]> {
  const memories = highest(scores.memory, CLOSER).map(
    (number): Candidate => ({
      kind: 'memory',
      number,
      threadId: null,
      traits: 0,
      speaker: null,
      bm25: scores.memory[number] ?? 0,
      around: [],
    }),
  )
  const windows = await readWindows(db, userId, highest(scores.message, CLOSER))
  return [...memories, ...unite(windows, scores.message)]
}

/** Nested loops over the key, whatever the planner knows: a fresh database has no statistics yet. */
async function readWindows(db: Reader, userId: string, numbers: number[]): Promise<Window[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<Window[]>`
    select own.number, own.thread_id as "threadId", array_agg(said.number order by said.number) as numbers,
      array_agg(said.traits::int order by said.number) as traits, array_agg(said.speaker order by said.number) as speakers
    from unnest(${numbers}::int[]) as best(number)
    cross join lateral (
      select number, thread_id from indexed_text
      where user_id = ${userId}::uuid and kind = 'message' and number = best.number limit 1
    ) as own
    cross join lateral (
      (select number, traits, speaker from indexed_text
        where user_id = ${userId}::uuid and thread_id = own.thread_id and number <= own.number
        order by number desc limit ${REACH + 1})
      union all
      (select number, traits, speaker from indexed_text
        where user_id = ${userId}::uuid and thread_id = own.thread_id and number > own.number
        order by number limit ${REACH})
    ) as said
    group by own.number, own.thread_id`
}

function unite(windows: readonly Window[], scores: Float32Array): Candidate[] {
  const candidates = new Map<number, Candidate>()
  const next = new Map<number, number>()
  const previous = new Map<number, number>()
  for (const { threadId, numbers, traits, speakers } of windows) {
    for (const [at, number] of numbers.entries()) {
      const after = numbers[at + 1]
      if (after !== undefined) {
        next.set(number, after)
        previous.set(after, number)
      }
      candidates.set(number, {
        kind: 'message',
        number,
        threadId,
        traits: traits[at] ?? 0,
        speaker: speakers[at] ?? null,
        bm25: scores[number] ?? 0,
        around: [],
      })
    }
  }
  const step = (from: number | null, way: Map<number, number>) => (from === null ? null : (way.get(from) ?? null))
  for (const candidate of candidates.values()) {
    const before = step(candidate.number, previous)
    const after = step(candidate.number, next)
    candidate.around = [step(before, previous), before, after, step(after, next)]
  }
  return [...candidates.values()]
}

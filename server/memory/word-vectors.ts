import { readFileSync } from 'node:fs'
import { calendarNames } from '#server/memory/text/calendar.ts'
import { term } from '#server/memory/text/terms.ts'

const DIMENSIONS = 100

/** Terms by how common they are, the commonest 0, and their vectors one after another. */
interface Vectors {
  ranks: Map<string, number>
  bytes: Int8Array
}

let loaded: Vectors | null = null

/** 3.7 MB, read once in about 20 ms, at the first question. Made by scripts/build-word-vectors.ts. */
function wordVectors(): Vectors {
  if (loaded) return loaded
  // The same place from here and from the built dist/server/main.js.
  const file = readFileSync(new URL('../../server/memory/word-vectors.bin', import.meta.url))
  const count = file.readUInt32LE(0)
  const names = file.readUInt32LE(4)
  const terms = file.toString('utf8', 8, 8 + names).split('\n')
  const bytes = new Int8Array(file.buffer, file.byteOffset + 8 + names, count * DIMENSIONS)
  // Every text carries the names of its date: they say nothing of what it is about.
  const dates = new Set([...calendarNames('en')].map((name) => term(name, 'en')))
  const ranks = new Map(terms.map((name, rank) => [name, rank] as const))
  for (const name of dates) ranks.delete(name)
  loaded = { ranks, bytes }
  return loaded
}

/** A vector of DIMENSIONS. */
type Vector = Float32Array

/** Terms' vectors at their weight, by how common they are, as they were asked for: 500 bytes each, of 37,000 at most. */
const weighted: Vector[] = []

/** A term's vector, the commoner it is the less of it; null if it has none. */
function vectorOf(name: string): Vector | null {
  const { ranks, bytes } = wordVectors()
  const rank = ranks.get(name)
  if (rank === undefined) return null
  const known = weighted[rank]
  if (known) return known
  const share = Math.log(2 + rank / 20)
  const start = rank * DIMENSIONS
  const vector = Float32Array.from(bytes.subarray(start, start + DIMENSIONS), (value) => share * value)
  weighted[rank] = vector
  return vector
}

/**
 * How near texts are to a question in meaning, 0 to 1 each: the cosine of the means of their terms' vectors, rarer terms
 * weighing more, taken from the mean of all the texts given. Texts without a known word are 0: English alone has
 * vectors, and search goes without them in other languages.
 */
export function nearness(
  question: readonly (readonly [term: string, weight: number])[],
  texts: readonly (readonly string[])[],
): number[] {
  const asked = new Float32Array(DIMENSIONS)
  for (const [name, weight] of question) add(asked, 0, vectorOf(name), weight)
  if (!normalise(asked, 0)) return texts.map(() => 0)
  // One array for all of them: a search looks at hundreds, and making one takes longer than filling it.
  const means = new Float32Array(texts.length * DIMENSIONS)
  const centre = new Float32Array(DIMENSIONS)
  const starts = texts.map((terms, text) => {
    const start = text * DIMENSIONS
    for (const name of terms) add(means, start, vectorOf(name), 1)
    if (!normalise(means, start)) return null
    add(centre, 0, means.subarray(start, start + DIMENSIONS), 1 / texts.length)
    return start
  })
  add(asked, 0, centre, -1)
  normalise(asked, 0)
  return starts.map((start) => (start === null ? 0 : Math.max(0, cosine(means, start, centre, asked))))
}

/** Adds a vector to the one that begins at `start`. */
function add(sums: Vector, start: number, vector: Vector | null, weight: number): void {
  if (!vector) return
  for (let at = 0; at < DIMENSIONS; at++) {
    sums[start + at] = (sums[start + at] as number) + weight * (vector[at] as number)
  }
}

/** Of a vector as seen from the centre, with one of length 1. */
function cosine(vectors: Vector, start: number, centre: Vector, asked: Vector): number {
  let product = 0
  let squares = 0
  for (let at = 0; at < DIMENSIONS; at++) {
    const value = (vectors[start + at] as number) - (centre[at] as number)
    product += value * (asked[at] as number)
    squares += value * value
  }
  return product / (Math.sqrt(squares) || 1)
}

/** Makes the length of the one that begins at `start` 1; false when it is nothing. */
function normalise(vectors: Vector, start: number): boolean {
  let squares = 0
  for (let at = start; at < start + DIMENSIONS; at++) squares += (vectors[at] as number) ** 2
  if (squares === 0) return false
  const length = Math.sqrt(squares)
  for (let at = start; at < start + DIMENSIONS; at++) vectors[at] = (vectors[at] as number) / length
  return true
}

import { readFileSync } from 'node:fs'
import { calendarNames } from '#server/memory/text/calendar.ts'
import { term } from '#server/memory/text/terms.ts'
import { quantise } from './quantise.ts'

const DIMENSIONS = 100

/** Terms by how common they are, the commonest 0, and their vectors one after another. */
interface Vectors {
  ranks: Map<string, number>
  bytes: Int8Array
}

let loaded: Vectors | null = null

/** 3.7 MB, read once in about 20 ms, when they are first needed. Made by scripts/build-word-vectors.ts. */
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

/**
 * What a text is about, to be kept beside it, in base64: the mean of its terms' vectors, the rarer weighing more. Null if
 * none of them has one: English alone has vectors, and search goes without them in other languages.
 */
export function meaningOf(terms: Iterable<string>): string | null {
  const sum: Vector = new Float32Array(DIMENSIONS)
  for (const name of terms) addTerm(sum, name, 1)
  return isNothing(sum) ? null : quantise(sum)
}

/** How near texts are to a question by what they are about, 0 to 1 each: the cosine, seen from the mean of all of them. */
export function nearness(
  question: readonly (readonly [term: string, weight: number])[],
  meanings: readonly (Int8Array | null)[],
): number[] {
  const asked: Vector = new Float32Array(DIMENSIONS)
  for (const [name, weight] of question) addTerm(asked, name, weight)
  if (isNothing(asked)) return meanings.map(() => 0)
  const lengths = meanings.map((meaning) => (meaning ? Math.sqrt(product(meaning, meaning)) : 0))
  const centre: Vector = new Float32Array(DIMENSIONS)
  for (const [at, meaning] of meanings.entries()) {
    if (meaning) add(centre, meaning, 1 / ((lengths[at] as number) * meanings.length))
  }
  const direction = unit(subtract(unit(asked), centre))
  const along = product(centre, direction)
  const squares = product(centre, centre)
  return meanings.map((meaning, at) => {
    if (!meaning) return 0
    const length = lengths[at] as number
    const distance = 1 - (2 * product(meaning, centre)) / length + squares
    return distance < 1e-6 ? 0 : Math.max(0, (product(meaning, direction) / length - along) / Math.sqrt(distance))
  })
}

/** The commoner a term is, the less of it. */
function addTerm(sum: Vector, name: string, weight: number): void {
  const { ranks, bytes } = wordVectors()
  const rank = ranks.get(name)
  if (rank === undefined) return
  add(sum, bytes.subarray(rank * DIMENSIONS, (rank + 1) * DIMENSIONS), weight * Math.log(2 + rank / 20))
}

function add(sum: Vector, vector: Int8Array, weight: number): void {
  for (let at = 0; at < DIMENSIONS; at++) sum[at] = (sum[at] as number) + weight * (vector[at] as number)
}

function subtract(vector: Vector, other: Vector): Vector {
  return vector.map((value, at) => value - (other[at] as number))
}

function product(one: Vector | Int8Array, other: Vector | Int8Array): number {
  let sum = 0
  for (let at = 0; at < DIMENSIONS; at++) sum += (one[at] as number) * (other[at] as number)
  return sum
}

function isNothing(vector: Vector): boolean {
  return vector.every((value) => value === 0)
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt(product(vector, vector)) || 1
  return vector.map((value) => value / length)
}

import { readFileSync } from 'node:fs'
import { calendarNames } from '#server/memory/text/calendar.ts'
import { term } from '#server/memory/text/terms.ts'

const DIMENSIONS = 100

/** Where each term's vector begins in `bytes`; terms in order of how common they are. */
interface Vectors {
  places: Map<string, number>
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
  const places = new Map(terms.map((name, at) => [name, at * DIMENSIONS] as const))
  for (const name of dates) places.delete(name)
  loaded = { places, bytes }
  return loaded
}

/** A vector of DIMENSIONS. */
type Vector = Float32Array

/** Terms' vectors at their weight, as they were asked for: 500 bytes each, of at most 37,000. */
const weighted = new Map<string, Vector>()

/** A term's vector, the commoner it is the less of it; null if it has none. */
function vectorOf(name: string): Vector | null {
  const known = weighted.get(name)
  if (known !== undefined) return known
  const { places, bytes } = wordVectors()
  const place = places.get(name)
  if (place === undefined) return null
  const share = Math.log(2 + place / DIMENSIONS / 20)
  const vector = Float32Array.from(bytes.subarray(place, place + DIMENSIONS), (value) => share * value)
  weighted.set(name, vector)
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
  for (const [name, weight] of question) add(asked, vectorOf(name), weight)
  if (!normalise(asked)) return texts.map(() => 0)
  const centre = new Float32Array(DIMENSIONS)
  const means = texts.map((terms) => {
    const mean = new Float32Array(DIMENSIONS)
    for (const name of terms) add(mean, vectorOf(name), 1)
    if (!normalise(mean)) return null
    add(centre, mean, 1 / texts.length)
    return mean
  })
  add(asked, centre, -1)
  normalise(asked)
  return means.map((mean) => (mean ? Math.max(0, cosine(mean, centre, asked)) : 0))
}

function add(sum: Vector, vector: Vector | null, weight: number): void {
  if (!vector) return
  for (let at = 0; at < DIMENSIONS; at++) sum[at] = (sum[at] as number) + weight * (vector[at] as number)
}

/** Of a vector as seen from the centre, with one of length 1. */
function cosine(vector: Vector, centre: Vector, asked: Vector): number {
  let product = 0
  let squares = 0
  for (let at = 0; at < DIMENSIONS; at++) {
    const value = (vector[at] as number) - (centre[at] as number)
    product += value * (asked[at] as number)
    squares += value * value
  }
  return product / (Math.sqrt(squares) || 1)
}

/** Makes its length 1; false when it is nothing. */
function normalise(vector: Vector): boolean {
  let squares = 0
  for (let at = 0; at < DIMENSIONS; at++) squares += (vector[at] as number) ** 2
  if (squares === 0) return false
  const length = Math.sqrt(squares)
  for (let at = 0; at < DIMENSIONS; at++) vector[at] = (vector[at] as number) / length
  return true
}

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
function vectors(): Vectors {
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

/**
 * How near texts are to a question in meaning, 0 to 1 each: the cosine of the means of their terms' vectors, rarer terms
 * weighing more, taken from the mean of all the texts given. Texts without a known word are 0: English alone has
 * vectors, and search goes without them in other languages.
 */
export function nearness(
  question: readonly (readonly [term: string, weight: number])[],
  texts: readonly (readonly string[])[],
): number[] {
  const means = texts.map((terms) => mean(terms.map((name) => [name, 1] as const)))
  const centre = new Float32Array(DIMENSIONS)
  for (const vector of means)
    for (let at = 0; at < DIMENSIONS; at++) centre[at] = (centre[at] as number) + (vector[at] as number) / means.length
  const asked = mean(question)
  if (asked.every((value) => value === 0)) return texts.map(() => 0)
  away(asked, centre)
  return means.map((vector) => {
    if (vector.every((value) => value === 0)) return 0
    away(vector, centre)
    let cosine = 0
    for (let at = 0; at < DIMENSIONS; at++) cosine += (vector[at] as number) * (asked[at] as number)
    return Math.max(0, cosine)
  })
}

function mean(terms: readonly (readonly [string, number])[]): Float32Array {
  const { places, bytes } = vectors()
  const sum = new Float32Array(DIMENSIONS)
  for (const [name, weight] of terms) {
    const place = places.get(name)
    if (place === undefined) continue
    const share = weight * Math.log(2 + place / DIMENSIONS / 20)
    for (let at = 0; at < DIMENSIONS; at++) sum[at] = (sum[at] as number) + share * (bytes[place + at] as number)
  }
  return normalise(sum)
}

function away(vector: Float32Array, centre: Float32Array): void {
  for (let at = 0; at < DIMENSIONS; at++) vector[at] = (vector[at] as number) - (centre[at] as number)
  normalise(vector)
}

function normalise(vector: Float32Array): Float32Array {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares) || 1
  for (let at = 0; at < DIMENSIONS; at++) vector[at] = (vector[at] as number) / length
  return vector
}

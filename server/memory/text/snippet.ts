import type { Hit } from '#shared/memory.ts'
import { plain } from './plain.ts'
import { UNSPACED, WORD, words } from './words.ts'

/** The length of a snippet, in UTF-16 code units, and how much of it stands before the first match. */
const LENGTH = 180
const BEFORE = 50
/** Endings differ: of a longer word, all but its last letters must match. */
const ENDING = 2
const SHORTEST_STEM = 4

export interface Snippet {
  text: string
  /** Where in `text` words of the query stand, as [start, end) in UTF-16 code units. */
  matches: [number, number][]
}

interface Line {
  line: string
  found: [number, number][]
}

interface Said {
  text: string
  author: Hit['author']
}

/** What is looked for in texts. */
export interface Sought {
  stems: string[]
  /** Words of scripts that have neither spaces nor endings. */
  unspaced: string[]
  /** A word of which this may be only the beginning. */
  begun: string | null
}

export function sought(query: string, begun: string | null = null): Sought {
  const asked = [...new Set(words(query))]
  return {
    begun,
    stems: asked.filter((word) => !UNSPACED.test(word)).map(stem),
    unspaced: asked.filter((word) => UNSPACED.test(word)),
  }
}

/** The part of a text that answers a query best to the eye: where most of its words stand together. */
export function snippet(said: Said, query: Sought): Snippet {
  const { line, found } = asRead(said, query)
  const start = wordStart(line, Math.max(0, densest(found) - BEFORE))
  const end = wordEnd(line, start + LENGTH)
  const head = start > 0 ? '…' : ''
  const matches = found
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from - start + head.length, to - start + head.length])
  return { text: `${head}${line.slice(start, end)}${end < line.length ? '…' : ''}`, matches }
}

/** On one line. An answer is Markdown and read without its marks, but for what was sought in them alone, as an address. */
function asRead({ text, author }: Said, query: Sought): Line {
  const written = find(text, query)
  if (author !== 'assistant') return written
  const read = find(plain(text), query)
  return read.found.length > 0 || written.found.length === 0 ? read : written
}

function find(text: string, query: Sought): Line {
  const line = text
    .normalize('NFC')
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim()
  return { line, found: findWords(line, query) }
}

/** No pattern is made of the query: one with Unicode's letters in it takes 10 ms to compile. */
function findWords(line: string, { stems, unspaced, begun }: Sought): [number, number][] {
  const known = asWords(line)
  const spaced = new Map(stems.flatMap((stem) => wordsWith(known, stem, begun)))
  return [...spaced, ...unspaced.flatMap((word) => occurrences(line, word))].sort(([one], [other]) => one - other)
}

function stem(word: string): string {
  return word.length - ENDING >= SHORTEST_STEM ? word.slice(0, -ENDING).toWellFormed() : word
}

/** As `words` gives them, each letter in its place. */
function asWords(line: string): string {
  const asWord = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('\u2019', "'")
  const known = asWord(line)
  if (known.length === line.length) return known
  return Array.from(line, (letter) => (asWord(letter).length === letter.length ? asWord(letter) : letter)).join('')
}

const WITHIN_WORD = /[\p{L}\p{M}\p{N}]'?$/u
const WORD_HERE = new RegExp(WORD.source, 'uy')

/** The words that begin with a stem, each up to an apostrophe that the stem does not reach. */
function wordsWith(line: string, stem: string, begun: string | null): [number, number][] {
  const found: [number, number][] = []
  for (let at = line.indexOf(stem); at >= 0; ) {
    WORD_HERE.lastIndex = at
    const word = WORD_HERE.exec(line)?.[0] ?? stem
    const apostrophe = stem.includes("'") ? -1 : word.indexOf("'")
    const length = apostrophe < 0 ? word.length : apostrophe
    const begins = !WITHIN_WORD.test(line.slice(Math.max(0, at - 3), at))
    if (begins && (stem === begun || stem.length >= SHORTEST_STEM || length === stem.length))
      found.push([at, at + length])
    at = line.indexOf(stem, at + word.length)
  }
  return found
}

function occurrences(line: string, word: string): [number, number][] {
  const found: [number, number][] = []
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + word.length)) {
    found.push([at, at + word.length])
  }
  return found
}

/** Where the stretch begins that holds most matches. */
function densest(found: [number, number][]): number {
  let best = 0
  let most = 0
  let end = 0
  for (const [at, [from]] of found.entries()) {
    while ((found[end]?.[0] ?? Number.POSITIVE_INFINITY) < from + LENGTH - BEFORE) end += 1
    if (end - at > most) {
      most = end - at
      best = from
    }
  }
  return best
}

function wordStart(line: string, at: number): number {
  const space = at === 0 ? -1 : line.lastIndexOf(' ', at)
  return space > at - 20 ? space + 1 : isLowHalf(line, at) ? at - 1 : at
}

function wordEnd(line: string, at: number): number {
  if (at >= line.length) return line.length
  const space = line.lastIndexOf(' ', at)
  return space > at - 20 ? space : isLowHalf(line, at) ? at - 1 : at
}

/** Whether a cut here would part the two halves of a character. */
function isLowHalf(line: string, at: number): boolean {
  const code = line.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}

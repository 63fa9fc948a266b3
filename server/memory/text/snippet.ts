import type { Hit } from '#shared/memory.ts'
import { plain } from './plain.ts'
import { words } from './words.ts'

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

/** The part of a text that answers a query best to the eye: where most of its words stand together. */
export function snippet(said: Said, query: string): Snippet {
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
function asRead({ text, author }: Said, query: string): Line {
  const read = find(author === 'assistant' ? plain(text) : text, query)
  if (read.found.length > 0) return read
  const written = find(text, query)
  return written.found.length > 0 ? written : read
}

function find(text: string, query: string): Line {
  const line = text.replace(/\s+/g, ' ').trim()
  return { line, found: findWords(line, query) }
}

function findWords(line: string, query: string): [number, number][] {
  const stems = [...new Set(words(query).map(stem))].sort((a, b) => b.length - a.length)
  if (stems.length === 0) return []
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.map(inText).join('|')})`, 'giu')
  return [...line.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length])
}

function stem(word: string): string {
  return word.length - ENDING >= SHORTEST_STEM ? word.slice(0, -ENDING).toWellFormed() : word
}

/** A stem and the ending it has in the text; a script without spaces has neither words nor endings. */
function inText(stem: string): string {
  const literal = stem.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replaceAll("'", "[\u2019']")
  return stem.length >= SHORTEST_STEM ? `${literal}[\\p{L}\\p{M}\\p{N}]*` : `${literal}(?![\\p{L}\\p{N}])`
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

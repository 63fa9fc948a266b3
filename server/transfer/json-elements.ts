import { Problem } from '#server/problem.ts'

/** The longest single conversation or memory, in UTF-16 code units: what is held in memory at once. */
const LONGEST_ELEMENT = 32_000_000
const LONGEST_LINE = 1_000_000
/** Deeper nesting is no export of anything. */
const DEEPEST = 100

/**
 * The objects of a JSON file, one by one, without ever holding the file: those in an array at its root, or in the arrays
 * that are members of an object at its root, or that object itself where it has none: JSON Lines.
 *
 * @throws {Problem} BAD_REQUEST when it is no JSON, ends too early, or nests or weighs more than any export does.
 */
export async function* jsonElements(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const scanner = createScanner()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  for await (const chunk of bytes) {
    if (first && chunk[0] === 0x50 && chunk[1] === 0x4b) {
      throw refuse('This is a ZIP archive: unpack it and import the JSON file inside.')
    }
    first = false
    yield* scanner.push(decode(decoder, chunk))
  }
  yield* scanner.push(decode(decoder))
  scanner.finish()
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (cause) {
    throw refuse('This file is no text in UTF-8: export it again as JSON.', cause)
  }
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, OPEN_OBJECT, CLOSE_ARRAY, CLOSE_OBJECT] = [34, 92, 91, 123, 93, 125]

/** Cuts text into elements by brackets and quotes alone; JSON.parse judges each. */
function createScanner() {
  /** The brackets that are open. */
  const open: number[] = []
  let quoted = false
  let escaped = false
  /** How many brackets were open where the element being read began; null between elements. */
  let begun: number | null = null
  let parts: string[] = []
  let length = 0
  let started = false
  /** The root's object without its elements, as long as it may be one itself: a line of JSON Lines. */
  let outer = ''

  function* push(text: string): Generator<unknown> {
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (quoted) {
        if (escaped) escaped = false
        else if (code === BACKSLASH) escaped = true
        else if (code === QUOTE) quoted = false
      } else if (code === QUOTE) quoted = true
      else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
        if (begins(code)) {
          outer = NO_LINE
          from = at
        } else if (open.length === 0) {
          outer = ''
          from = at
        }
        if (open.push(code) > DEEPEST) throw refuse('This file is nested deeper than any export is.')
      } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
        if (open.pop() === undefined) throw refuse('This file is no JSON: a bracket closes what was never opened.')
        if (open.length === 0 && code === CLOSE_OBJECT && outer !== NO_LINE)
          yield parse(outer + text.slice(from, at + 1))
        if (open.length !== begun) continue
        begun = null
        hold(text.slice(from, at + 1))
        yield parse(parts.join(''))
      }
    }
    if (begun !== null) hold(text.slice(from))
    else if (open[0] === OPEN_OBJECT && outer !== NO_LINE) outer = lengthen(outer, text.slice(from))
  }

  /** Whether an element begins with this bracket: an object in the root's array or in an array of the root's object. */
  function begins(code: number): boolean {
    started = true
    if (begun !== null || code !== OPEN_OBJECT) return false
    const inArray = open.length === 1 && open[0] === OPEN_ARRAY
    const inMember = open.length === 2 && open[0] === OPEN_OBJECT && open[1] === OPEN_ARRAY
    if (!inArray && !inMember) return false
    begun = open.length
    parts = []
    length = 0
    return true
  }

  function hold(part: string): void {
    length += part.length
    if (length > LONGEST_ELEMENT) throw refuse('One conversation in this file is longer than 32 million characters.')
    parts.push(part)
  }

  function finish(): void {
    if (!started) throw refuse('This file holds no JSON: choose an export of conversations or memories.')
    if (open.length > 0 || quoted) throw refuse('This file ends in the middle: what came before the break is imported.')
  }

  return { push, finish }
}

/** No text of an object can be it. */
const NO_LINE = ']'

function lengthen(outer: string, part: string): string {
  return outer.length + part.length > LONGEST_LINE ? NO_LINE : outer + part
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw refuse('This file is no valid JSON: what came before the fault is imported.', cause)
  }
}

function refuse(sentence: string, cause?: unknown): Problem {
  return new Problem('BAD_REQUEST', sentence, { cause })
}

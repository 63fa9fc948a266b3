import { Problem } from '#server/problem.ts'
import { decodeText } from './decode-text.ts'

/** The longest single conversation or memory, in UTF-16 code units: what is held in memory at once. */
const LONGEST = 32_000_000
/** Brackets and commas of one: many tiny values take far more memory than the text they stand in. */
const MOST_VALUES = 2_000_000
/** Deeper nesting is no export of anything. */
const DEEPEST = 100
/** How much is kept of what stands between elements, to read the name of the array they are in. */
const BETWEEN = 200

export interface JsonElement {
  /** The name of the array it is in, when that is a member of an object at the root. */
  member: string | null
  value: unknown
}

/**
 * The objects of a JSON file, one by one, without ever holding the file: those in an array at its root, or in the arrays
 * that are members of an object at its root, or that object itself where it has none: JSON Lines.
 *
 * @throws {Problem} BAD_REQUEST when it is no JSON, ends too early, or nests or weighs more than any export does.
 */
export async function* jsonElements(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonElement> {
  const scanner = createScanner()
  for await (const text of decodeText(bytes)) yield* scanner.push(text)
  scanner.finish()
}

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, OPEN_OBJECT, CLOSE_ARRAY, CLOSE_OBJECT] = [34, 92, 44, 91, 123, 93, 125]

/** Cuts text into elements by brackets and quotes alone; JSON.parse judges each. */
function createScanner() {
  /** The brackets that are open. */
  const open: number[] = []
  let quoted = false
  let escaped = false
  /** How many brackets were open where the element being read began; null between elements. */
  let begun: number | null = null
  let member: string | null = null
  let started = false
  /** Whether the object at the root has had elements: then it is none itself. */
  let divided = false
  const held = createHold()
  /** What stood before the element, from the root's bracket or the last element on, or the end of that. */
  let between = ''

  function* push(text: string): Generator<JsonElement> {
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (quoted) {
        if (escaped) escaped = false
        else if (code === BACKSLASH) escaped = true
        else if (code === QUOTE) quoted = false
      } else if (code === QUOTE) quoted = true
      else if (code === COMMA) count()
      else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
        if (begins(code)) {
          if (open.length === 2) {
            member = nameBefore(between + text.slice(from, at)) ?? member
            if (!divided) held.drop()
            divided = true
          }
          begun = open.length
          from = at
        } else if (open.length === 0) {
          started = true
          divided = code === OPEN_ARRAY
          member = null
          between = ''
          from = at
        }
        count()
        if (open.push(code) > DEEPEST) throw refuse('This file is nested deeper than any export is.')
      } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
        const opened = open.pop()
        if (opened === undefined) throw refuse('This file is no JSON: a bracket closes what was never opened.')
        const whole = open.length === begun || (open.length === 0 && !divided)
        if (!whole) continue
        held.add(text.slice(from, at + 1))
        begun = null
        from = at + 1
        between = ''
        yield { member, value: parse(held.take()) }
      }
    }
    if (begun !== null || (open.length > 0 && !divided)) held.add(text.slice(from))
    if (begun === null) between = (between + text.slice(from)).slice(-BETWEEN)
  }

  function count(): void {
    if (begun !== null || !divided) held.count()
  }

  /** Whether an element begins with this bracket: an object in the root's array or in an array of the root's object. */
  function begins(code: number): boolean {
    if (begun !== null || code !== OPEN_OBJECT) return false
    const inArray = open.length === 1 && open[0] === OPEN_ARRAY
    const inMember = open.length === 2 && open[0] === OPEN_OBJECT && open[1] === OPEN_ARRAY
    return inArray || inMember
  }

  function finish(): void {
    if (!started) throw refuse('This file holds no JSON: choose an export of conversations or memories.')
    if (open.length > 0 || quoted) throw refuse('This file ends in the middle: what came before the break is imported.')
  }

  return { push, finish }
}

/** The pieces of the element that is being read, and how much it weighs. */
function createHold() {
  let parts: string[] = []
  let length = 0
  let values = 0

  function drop(): void {
    parts = []
    length = 0
    values = 0
  }

  return {
    add(part: string) {
      length += part.length
      if (length > LONGEST) throw refuse('One conversation in this file is longer than 32 million characters.')
      parts.push(part)
    },
    count() {
      values++
      if (values > MOST_VALUES) throw refuse('One conversation in this file has more parts than any export has.')
    },
    take() {
      const text = parts.join('')
      drop()
      return text
    },
    drop,
  }
}

/** The name in `…, "name": [`, up to the bracket. */
function nameBefore(text: string): string | null {
  return /"([^"\\]*)"\s*:\s*\[\s*$/.exec(text)?.[1] ?? null
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

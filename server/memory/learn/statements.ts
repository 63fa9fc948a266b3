import { calendarNames } from '#server/memory/text/calendar.ts'
import { PATTERNS } from './languages.ts'
import type { Patterns } from './patterns.ts'

export interface Found {
  /** The sentence as it was said. */
  text: string
  kind: string
  decided: 'by person' | 'to keep' | 'to suggest'
}

/** A fact of a person's life is said in a breath; longer sentences are tales. */
const LONGEST_FACT = 200
/** A message with more than this is a document, not talk. */
const MOST_SENTENCES = 60
const LONGEST_REQUEST = 4_000

/** A full stop that ends no sentence. */
const ABBREVIATED = /\b(?:St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|No|vs|approx|e\.g|i\.e)\.\s*$/

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * What a message states that is worth remembering, by sentence patterns alone and rather too little than too much: what
 * the person asks to have remembered, plain facts about themselves, and likelier things to suggest. Quotations, code and
 * questions state nothing.
 */
export function findStatements(message: string): Found[] {
  const found = new Map<string, Found>()
  for (const sentence of sentencesOf(message)) {
    for (const patterns of PATTERNS) {
      const statement = readSentence(sentence, patterns)
      if (statement) found.set(statement.text, statement)
    }
  }
  return [...found.values()]
}

function sentencesOf(message: string): string[] {
  const own = message.replace(/```[\s\S]*?(?:```|$)/g, '\n').replace(/^[^\S\n]*>.*$/gm, '')
  return own
    .split(/\n+/)
    .flatMap((line) => {
      const parts: string[] = []
      let before = ''
      for (const { segment } of sentences.segment(line)) {
        if (ABBREVIATED.test(before) || isDate(before, segment)) parts.push(parts.pop() + segment)
        else parts.push(segment)
        before = segment
      }
      return parts.map((part) => part.trim())
    })
    .filter((sentence) => sentence !== '')
    .slice(0, MOST_SENTENCES)
}

/** "am 3. Mai": German numbers its days with a full stop. */
function isDate(before: string, after: string): boolean {
  return (
    /(?<!\d)\d\d?\.\s*$/.test(before) && calendarNames('de').has(/^\p{Lu}\p{Ll}+/u.exec(after)?.[0].toLowerCase() ?? '')
  )
}

function readSentence(sentence: string, patterns: Patterns): Found | null {
  if (/[?？]["'”’)]*$/.test(sentence)) return null
  const asked = patterns.request.exec(sentence)
  if (asked) {
    const wanted = sentence.slice(asked[0].length).trim()
    if (wanted.length < 3 || wanted.length > LONGEST_REQUEST || patterns.notARequest.test(wanted)) return null
    const text = wanted.charAt(0).toUpperCase() + wanted.slice(1)
    return { text, kind: match(wanted, patterns)?.kind ?? 'fact', decided: 'by person' }
  }
  const plain = sentence.replace(patterns.opening, '')
  if (plain.length > LONGEST_FACT || /^["“„«]|[`{}<>]/.test(plain) || patterns.unsure.test(plain)) return null
  const matched = match(plain, patterns)
  return matched && { text: plain.charAt(0).toUpperCase() + plain.slice(1), ...matched }
}

function match(text: string, { facts, hints }: Patterns): Pick<Found, 'kind' | 'decided'> | null {
  const fact = facts.find(({ says }) => says.test(text))
  if (fact) return { kind: fact.kind, decided: 'to keep' }
  const hint = hints.find(({ says }) => says.test(text))
  return hint ? { kind: hint.kind, decided: 'to suggest' } : null
}

/** What sort of fact a statement is; 'fact' when no pattern knows it. */
export function kindOf(text: string): string {
  return PATTERNS.flatMap((patterns) => match(text, patterns) ?? [])[0]?.kind ?? 'fact'
}

/** What a person has only one of, as told by a statement of theirs: null when there may be many such facts. */
export function soleFact(text: string): string | null {
  for (const { facts } of PATTERNS) {
    for (const { only, says } of facts) {
      const match = only && says.exec(text)
      if (match) return `${only} ${(match.groups?.of ?? '').trim().toLowerCase()}`.trim()
    }
  }
  return null
}

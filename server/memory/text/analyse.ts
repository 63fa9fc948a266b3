import { dateInWords } from './calendar.ts'
import { detectLanguage } from './detect.ts'
import { terms } from './terms.ts'
import { traitsOf } from './traits.ts'
import { words } from './words.ts'

export interface Analysed {
  /** ISO 639-1: whose forms of words the terms are. */
  language: string
  /** How often each term occurs. */
  frequencies: Map<string, number>
  /** Terms in all, repeats included. */
  length: number
  traits: number
}

/** What the index keeps of a text said at a date, which is indexed with it in words. */
export function analyse(text: string, saidAt: Date, timeZone: string, languages: readonly string[]): Analysed {
  const found = words(text)
  const language = detectLanguage(found, languages)
  const all = terms(found, language).concat(terms(words(dateInWords(saidAt, language, timeZone)), language))
  const frequencies = new Map<string, number>()
  for (const term of all) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  return { language, frequencies, length: all.length, traits: traitsOf(text, found, language) }
}

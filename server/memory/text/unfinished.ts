import { WORD, words } from './words.ts'

/** Fewer letters begin too many words. */
const FEWEST_LETTERS = 3

/** The word at the end of a text that may be going on, as `words` gives it; null when it has clearly ended. */
export function unfinishedWord(text: string): string | null {
  const last = [...text.matchAll(WORD)].at(-1)
  if (!last || last.index + last[0].length < text.length) return null
  const word = words(text).at(-1) ?? ''
  return word.length >= FEWEST_LETTERS ? word : null
}

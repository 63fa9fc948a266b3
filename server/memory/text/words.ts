/**
 * Scripts that put no space between words; they are cut with the Unicode dictionaries of Intl.Segmenter. Not more than
 * 1,000 characters at once: its time grows with their square, and 100,000 held the process up for 14 s.
 */
export const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]{1,1000}/u
export const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['\u2019][\p{L}\p{M}\p{N}]+)*/gu
const SPACED_OR_NOT = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source}).)+`, 'gsu')

/** Words longer than this are no words that anyone would search for; they are cut to keep index keys short. */
const LONGEST = 64

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })

/**
 * The words of a text in any script: NFKC, lower case, apostrophes made straight, punctuation and emoji left out.
 * "Zoë's 3 Cafés" → `zoë's`, `3`, `cafés`.
 */
export function words(text: string): string[] {
  const found: string[] = []
  const normal = text.normalize('NFKC').toLowerCase()
  if (!UNSPACED.test(normal)) {
    collectSpaced(normal, found)
    return found
  }
  for (const [run] of normal.matchAll(SPACED_OR_NOT)) {
    if (UNSPACED.test(run)) {
      for (const part of segmenter.segment(run)) if (part.isWordLike) found.push(cut(part.segment))
    } else collectSpaced(run, found)
  }
  return found
}

function collectSpaced(text: string, found: string[]): void {
  for (const [word] of text.matchAll(WORD)) found.push(cut(word).replaceAll('\u2019', "'"))
}

/** Not to half a letter: such a word is no text to the database. */
function cut(word: string): string {
  return word.length > LONGEST ? word.slice(0, LONGEST).toWellFormed() : word
}

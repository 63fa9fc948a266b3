import { IRREGULAR } from './irregular.ts'
import { LANGUAGES } from './languages.ts'

/**
 * Raise it whenever the same text would give other terms, or its terms other vectors: every index of an older version is
 * then built anew.
 */
export const TOKENIZER_VERSION = 4

const ARABIC_VARIANTS: Record<string, string> = { أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ة: 'ه' }
const LATIN_OR_GREEK = /^[\p{sc=Latin}\p{sc=Greek}\p{M}\p{N}]+$/u

/** The index terms of words in one language, in order and with repeats: stop words out, stemmed, accents folded. */
export function terms(words: readonly string[], code: string): string[] {
  const found: string[] = []
  for (const word of words) {
    for (const part of contentWords(word, code)) found.push(term(part, code))
  }
  return found
}

/** A word without what carries no meaning in its language: nothing for a stop word, "l'eau" → "eau". */
export function contentWords(word: string, code: string): string[] {
  const stopWords = LANGUAGES.get(code)?.stopWords
  if (stopWords?.has(word)) return []
  if (!word.includes("'")) return [word]
  return word.split("'").filter((part) => part.length > 1 && !stopWords?.has(part))
}

/** One word as the index knows it. */
export function term(word: string, code: string): string {
  const normal = normalise(word, code)
  return fold(LANGUAGES.get(code)?.stem(normal) || normal)
}

/** What terms begin with whose word begins so, as far as no stemmer has changed them. */
export function beginning(word: string): string {
  return fold(word.split("'").at(-1) ?? '')
}

/** What no stemmer does: English irregular forms, Arabic vowel signs and letter forms, Japanese inflection. */
function normalise(word: string, code: string): string {
  if (code === 'en') return IRREGULAR.get(word) ?? word
  if (/\p{sc=Arabic}/u.test(word)) {
    return word
      .replace(/[\u064B-\u065F\u0670\u0640]/gu, '')
      .replace(/[أإآىة]/gu, (letter) => ARABIC_VARIANTS[letter] ?? letter)
  }
  return word.replace(/^(\p{sc=Han}+)\p{sc=Hiragana}+$/u, '$1')
}

function fold(word: string): string {
  if (/^[a-z0-9]+$/.test(word)) return word
  if (LATIN_OR_GREEK.test(word)) return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss')
  return word.replaceAll('ё', 'е')
}

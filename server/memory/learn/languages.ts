import { english, englishSpeech } from './languages/english.ts'
import { french, frenchSpeech } from './languages/french.ts'
import { german, germanSpeech } from './languages/german.ts'
import { russian, russianSpeech } from './languages/russian.ts'
import { spanish, spanishSpeech } from './languages/spanish.ts'
import type { Patterns, Speech } from './patterns.ts'

/** A language joins by a file of its own. */
export const PATTERNS: readonly Patterns[] = [english, german, french, spanish, russian]

/** By ISO 639-1 code. */
export const SPEECH: Record<string, Speech> = {
  en: englishSpeech,
  de: germanSpeech,
  fr: frenchSpeech,
  es: spanishSpeech,
  ru: russianSpeech,
}

import { startsLikeCountry } from './gazetteer.ts'

const languages = new Map<string, Set<string>>()
const BELIEFS = /^(?:British|Scottish|Swiss|Catholic|Jewish|Muslim|Buddhist|Hindu|Orthodox|Protestant|Christian)$/
const ENDING = /(?:i?an|ish|ese|i|er)$/

/** Whether a word with a capital says where or what somebody is ("French", "Brazilian") rather than who. */
export function isAdjective(word: string, code: string): boolean {
  return (
    namesOfLanguages(code).has(word.toLowerCase()) ||
    BELIEFS.test(word) ||
    (ENDING.test(word) && startsLikeCountry(word, code))
  )
}

function namesOfLanguages(code: string): Set<string> {
  let known = languages.get(code)
  if (!known) {
    const names = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' })
    const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at))
    known = new Set(letters.flatMap((a) => letters.flatMap((b) => names.of(a + b)?.toLowerCase() ?? [])))
    languages.set(code, known)
  }
  return known
}

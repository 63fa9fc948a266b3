import { detectLanguage } from '#server/memory/text/detect.ts'
import { contentWords, term } from '#server/memory/text/terms.ts'
import { asksAboutSelf, asksWhen } from '#server/memory/text/traits.ts'
import { words } from '#server/memory/text/words.ts'

/** One word of a question under every form in which the user's texts may hold it; together they count as one term. */
export interface QueryTerm {
  forms: string[]
  /** How much it counts beside the others. */
  weight: number
}

export interface Query {
  terms: QueryTerm[]
  /** The people of the history whom it names: indexes into the user's speakers. */
  named: Set<number>
  asksWhen: boolean
  asksAboutSelf: boolean
}

/**
 * A question as the index is asked it. A word is stemmed by every language of the user's texts, for a few words rarely
 * tell their language. The names of people who take part are left out of the terms: half of the texts carry them.
 */
export function readQuery(text: string, languages: readonly string[], speakers: readonly string[]): Query {
  const all = words(text)
  const code = detectLanguage(all, languages)
  const tried = [...new Set([code, ...languages])]
  const named = new Map(speakers.flatMap((name, index) => words(name).map((word) => [word, index] as const)))
  const people = new Set<number>()
  const found = new Map<string, QueryTerm>()
  const names = new Map<string, QueryTerm>()
  for (const word of all.flatMap((each) => contentWords(each, code))) {
    const forms = [...new Set(tried.map((each) => term(word, each)))].sort()
    const person = named.get(word)
    if (person !== undefined) people.add(person)
    ;(person === undefined ? found : names).set(forms.join(' '), { forms, weight: 1 })
  }
  const terms = found.size > 0 ? found : names
  return {
    terms: [...terms.values()],
    named: people,
    asksWhen: asksWhen(all, code),
    asksAboutSelf: asksAboutSelf(all, code),
  }
}

import type { Reader } from '#server/db/reader.ts'
import { beginning, contentWords, term } from '#server/memory/text/terms.ts'
import type { QueryTerm } from './query.ts'

/** How many words are tried, the most frequent first. */
const MOST_WORDS = 20
const LAST_LETTER = '\u{10FFFF}'

/** Shorter than this part of a word, no term is taken for its stem. */
const SHORTEST_STEM = 0.5

/**
 * What a word that no text has may become: the words of the texts that begin with it; failing those, the longest that it
 * begins with itself, for "walki" is on its way to "walking", whose stem is "walk".
 */
export async function completions(
  db: Reader,
  userId: string,
  word: string,
  languages: readonly string[],
): Promise<QueryTerm[]> {
  if (languages.some((code) => contentWords(word, code).length === 0)) return []
  const whole = [...new Set(languages.map((code) => term(word, code)))]
  const begun = beginning(word)
  const rows = await db.$queryRaw<{ term: string }[]>`
    with known as (
      select 1 from posting where user_id = ${userId}::uuid and term = any(${whole}::text[]) limit 1
    ), longer as (
      select term from posting
      where user_id = ${userId}::uuid and term >= ${begun} and term < ${begun + LAST_LETTER}
        and not exists (select from known)
      group by term order by sum(count) desc, term limit ${MOST_WORDS}
    ), stem as (
      select term from posting
      where user_id = ${userId}::uuid and term = any(${stemsOf(begun)}::text[])
        and not exists (select from known) and not exists (select from longer)
      order by length(term) desc limit 1
    )
    select term from longer union all select term from stem`
  return rows.length > 0 ? [{ forms: rows.map((row) => row.term), weight: 1 }] : []
}

function stemsOf(word: string): string[] {
  const letters = [...word]
  const shortest = Math.max(3, Math.ceil(letters.length * SHORTEST_STEM))
  const lengths = Array.from({ length: Math.max(0, letters.length - shortest) }, (_, at) => shortest + at)
  return lengths.map((length) => letters.slice(0, length).join(''))
}

import type { Reader } from '#server/db/reader.ts'
import { beginning, contentWords, term } from '#server/memory/text/terms.ts'
import type { QueryTerm } from './query.ts'

/** How many words are tried, the most frequent first. */
const MOST_WORDS = 20
const LAST_LETTER = '\u{10FFFF}'

/** What a word that no text has may become: the words of the texts that begin with it. */
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
    select term from posting
    where user_id = ${userId}::uuid and term >= ${begun} and term < ${begun + LAST_LETTER} and not exists (
      select 1 from posting as known where known.user_id = ${userId}::uuid and known.term = any(${whole}::text[]))
    group by term order by sum(count) desc, term limit ${MOST_WORDS}`
  return rows.length > 0 ? [{ forms: rows.map((row) => row.term), weight: 1 }] : []
}

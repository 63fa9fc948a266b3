import { LRUCache } from 'lru-cache'
import type { Reader } from '#server/db/reader.ts'
import type { Bm25, Kind, Postings } from './bm25.ts'
import { keepChunks, knownChunks } from './known-chunks.ts'
import { askFor, asPostings, type PostingRow, postingRows, readChunks, readPostings } from './postings.ts'
import type { Query } from './query.ts'
import { type Statistics, statisticsColumns } from './statistics.ts'

/** What a question must be read by. */
export type Tongue = Pick<Statistics, 'languages' | 'speakers'>

interface Consulted {
  statistics: Statistics
  query: Query
  postings: Postings
}

const REMEMBERED = 10_000

/** By user. Never more than a guess: what holds is read with every question. */
const lastKnown = new LRUCache<string, Tongue>({ max: REMEMBERED })

/**
 * What is known of all of a user's texts, a question read by it, and the postings of its words: in one statement, if the
 * languages and the speakers are what they were at the last question. Null for a user who has written nothing yet.
 */
export async function consultIndex(
  db: Reader,
  userId: string,
  read: (tongue: Tongue) => Query | Promise<Query>,
  parameters: Bm25,
  kinds: readonly Kind[],
): Promise<Consulted | null> {
  const guess = lastKnown.get(userId)
  const guessed = guess ? await read(guess) : null
  const asked = askFor(userId, guessed?.terms ?? [], kinds, (form, kind) => knownChunks(userId, form, kind))
  const rows = await db.$queryRaw<PostingRow[]>`
    select 0 as place, null as kind, row_to_json(known)::text as records
    from (select ${statisticsColumns} from text_index where user_id = ${userId}::uuid) as known
    union all (${postingRows(asked)})`
  const known = rows.find(({ place }) => place === 0)
  if (!known) return null
  const statistics: Statistics = JSON.parse(known.records)
  if (guess && guessed && isSame(guess, statistics)) {
    const chunks = readChunks(asked, rows)
    for (const [at, { form }] of asked.forms.entries()) {
      for (const kind of kinds) keepChunks(userId, form, kind, chunks[at] ?? [])
    }
    return { statistics, query: guessed, postings: asPostings(asked, chunks, statistics, parameters) }
  }
  lastKnown.set(userId, { languages: statistics.languages, speakers: statistics.speakers })
  const query = await read(statistics)
  return { statistics, query, postings: await readPostings(db, userId, query.terms, statistics, parameters, kinds) }
}

function isSame(one: Tongue, other: Tongue): boolean {
  return `${one.languages}` === `${other.languages}` && JSON.stringify(one.speakers) === JSON.stringify(other.speakers)
}

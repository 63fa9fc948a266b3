import { Prisma as Sql } from '#server/db/generated/client.ts'
import { type Analysed, analyse } from '#server/memory/text/analyse.ts'
import { BY_ASSISTANT } from '#server/memory/text/traits.ts'
import { meaningOf } from '#server/memory/word-vectors.ts'
import { CHUNK_BITS, encodeEntry } from './entry.ts'
import { type Locked, lockIndex, type Tx } from './lock.ts'

export interface IndexableText {
  kind: 'memory' | 'message'
  /** The memory's or the message's id. */
  sourceId: string
  threadId: string | null
  /** Who said it, where known by name. */
  speaker: string | null
  byAssistant: boolean
  text: string
  saidAt: Date
}

/** The statement that appends takes them as one value; this many at once keep it small. */
const POSTINGS_AT_ONCE = 5_000

/**
 * Makes texts searchable within the transaction that stores them, in the order given. A text that is indexed already
 * must be taken out first. `known` is what the lock told, where nothing was added or removed since.
 */
export async function addToIndex(
  tx: Tx,
  userId: string,
  texts: readonly IndexableText[],
  known?: Locked,
): Promise<void> {
  if (texts.length === 0) return
  const locked = { ...(known ?? (await lockIndex(tx, userId))) }
  const languages = [...locked.languages]
  const numbered = texts.map((text) => {
    const analysed = analyse(text.text, text.saidAt, locked.timeZone, languages)
    if (!languages.includes(analysed.language)) languages.push(analysed.language)
    return { ...text, ...analysed, number: text.kind === 'memory' ? locked.nextMemory++ : locked.nextMessage++ }
  })
  const speakers = [...new Set([...locked.speakers, ...texts.flatMap(({ speaker }) => speaker ?? [])])]
  const kept = Sql.sql`
    with counted as (${countTexts(userId, { ...locked, languages, speakers }, numbered)}),
    stored as (${storeTexts(userId, numbered, speakers)})`
  await appendPostings(tx, userId, numbered, kept)
}

type Numbered = IndexableText & Analysed & { number: number }

function countTexts(userId: string, known: Locked, texts: readonly Numbered[]): Sql.Sql {
  const terms = texts.reduce((sum, { length }) => sum + length, 0)
  return Sql.sql`
    update text_index set next_memory = ${known.nextMemory}, next_message = ${known.nextMessage},
      texts = texts + ${texts.length}, terms = terms + ${terms},
      languages = ${known.languages}::text[], speakers = ${known.speakers}::text[]
    where user_id = ${userId}::uuid`
}

/** The rows go as one value: a statement for each number of texts would be compiled, and kept prepared, anew. */
function storeTexts(userId: string, texts: readonly Numbered[], speakers: readonly string[]): Sql.Sql {
  const rows = texts.map((text) => {
    const terms = [...text.frequencies.keys()]
    return {
      kind: text.kind,
      number: text.number,
      sourceId: text.sourceId,
      threadId: text.threadId,
      speaker: text.speaker === null ? null : speakers.indexOf(text.speaker),
      traits: text.traits | (text.byAssistant ? BY_ASSISTANT : 0),
      length: text.length,
      terms,
      meaning: meaningOf(terms),
    }
  })
  return Sql.sql`
    insert into indexed_text (user_id, kind, number, source_id, thread_id, speaker, traits, length, terms, meaning)
    select ${userId}::uuid, kind, number, "sourceId", "threadId", speaker, traits, length, terms, decode(meaning, 'base64')
    from json_to_recordset(${JSON.stringify(rows)}::json) as added(
      kind text_kind, number int, "sourceId" uuid, "threadId" uuid, speaker int, traits smallint, length int, terms text[],
      meaning text)`
}

interface Appended {
  term: string
  kind: 'memory' | 'message'
  chunk: number
  count: number
  entries: string
}

/** `kept` is what is written with the first of them, in the same statement: a commit waits for each statement before it. */
async function appendPostings(tx: Tx, userId: string, texts: readonly Numbered[], kept: Sql.Sql): Promise<void> {
  const appended = postingsOf(texts)
  for (let start = 0; start === 0 || start < appended.length; start += POSTINGS_AT_ONCE) {
    const rows = appended.slice(start, start + POSTINGS_AT_ONCE)
    await tx.$executeRaw`
      ${start === 0 ? kept : Sql.empty}
      insert into posting (user_id, term, kind, chunk, count, entries)
      select ${userId}::uuid, term, kind, chunk, count, decode(entries, 'hex')
      from json_to_recordset(${JSON.stringify(rows)}::json) as appended(
        term text, kind text_kind, chunk int, count int, entries text)
      on conflict (user_id, term, kind, chunk) do update
        set entries = posting.entries || excluded.entries, count = posting.count + excluded.count`
  }
}

/** In the order of their terms, so that no two writers wait for each other. */
function postingsOf(texts: readonly Numbered[]): Appended[] {
  const byKey = new Map<string, Appended>()
  for (const { kind, number, length, frequencies } of texts) {
    const chunk = number >> CHUNK_BITS
    for (const [term, frequency] of frequencies) {
      const key = `${kind}${chunk} ${term}`
      const known = byKey.get(key) ?? { term, kind, chunk, count: 0, entries: '' }
      known.count++
      known.entries += encodeEntry(number, frequency, length)
      byKey.set(key, known)
    }
  }
  return [...byKey.values()].sort((a, b) => (a.term < b.term ? -1 : 1))
}

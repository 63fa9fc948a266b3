import { Prisma as Sql } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import type { Kind } from './bm25.ts'

/** A text of a user's, by its kind and number. */
export interface TextAt {
  kind: Kind
  number: number
}

/** What ranking needs of a text, and its place in its conversation. */
export interface Text extends TextAt {
  /** Its place among the texts that were read. */
  row: number
  /** The stretch of its thread that it belongs to; null for a memory. */
  stretch: string | null
  traits: number
  speaker: number | null
  /** What it is about, by the vectors of its words. */
  meaning: Int8Array | null
  /** What was said right before and after it in its thread, as far as that was read. */
  before: Text | null
  after: Text | null
}

/** How far around a text its thread is read. */
const REACH = 2
/** A thread is cut every 256 texts: one that goes on for a year has no single subject. */
const STRETCH_BITS = 8
const NOBODY = -1

/** Bytes of a record before its meaning. */
const MEMORY_HEAD = 4
const MESSAGE_HEAD = 32

/** The length and the bytes of a meaning: how a record ends. */
const meaningOf = (text: Sql.Sql) =>
  Sql.sql`int2send(coalesce(length(${text}.meaning), 0)::int2) || coalesce(${text}.meaning, '')`
const [OWN, SAID] = [meaningOf(Sql.sql`own`), meaningOf(Sql.sql`said`)]

/**
 * Memories, and messages with those around them in their threads.
 *
 * They come as records of bytes: to take hundreds of rows apart was a third of a search's time.
 */
export async function readTexts(
  db: Reader,
  userId: string,
  { memories, messages }: { memories: number[]; messages: number[] },
): Promise<Text[]> {
  if (memories.length + messages.length === 0) return []
  const [row] = await db.$queryRaw<{ memories: string | null; messages: string | null }[]>`
    select (
      select encode(string_agg(int4send(own.number) || ${OWN}, ''), 'base64')
      from ${ownTexts(userId, 'memory', memories)}
    ) as memories, (
      select encode(string_agg(
        int4send(own.number) || int4send(said.number) || uuid_send(own.thread_id) || int4send(traits::int)
          || int4send(coalesce(speaker, ${NOBODY}::int)) || ${SAID}, '' order by own.number, said.number), 'base64')
      from ${ownTexts(userId, 'message', messages)}
      cross join lateral (
        (select number, traits, speaker, meaning from indexed_text
          where user_id = ${userId}::uuid and thread_id = own.thread_id and number <= own.number
          order by number desc limit ${REACH + 1})
        union all
        (select number, traits, speaker, meaning from indexed_text
          where user_id = ${userId}::uuid and thread_id = own.thread_id and number > own.number
          order by number limit ${REACH})
      ) as said
    ) as messages`
  const texts = asMemories(bytesOf(row?.memories))
  return [...texts, ...asMessages(bytesOf(row?.messages), texts.length)]
}

/**
 * The indexed texts of these numbers, as `own`. Nested loops over keys, here and wherever it stands, whatever the planner
 * knows: a fresh database has no statistics yet, and it would then read whole tables. It cannot count the numbers behind
 * their `select`: for a few it would plan anew each time.
 */
export function ownTexts(userId: string, kind: Kind, numbers: number[]): Sql.Sql {
  return Sql.sql`unnest((select ${numbers}::int[])) as wanted(number)
    cross join lateral (
      select number, source_id, thread_id, meaning from indexed_text
      where user_id = ${userId}::uuid and kind = ${kind}::text_kind and number = wanted.number limit 1
    ) as own`
}

function bytesOf(records: string | null | undefined): Buffer {
  return Buffer.from(records ?? '', 'base64')
}

function asMemories(records: Buffer): Text[] {
  const texts: Text[] = []
  for (let at = 0; at < records.length; ) {
    const number = records.readInt32BE(at)
    const { meaning, end } = readMeaning(records, at + MEMORY_HEAD)
    const row = texts.length
    texts.push({
      kind: 'memory',
      number,
      row,
      stretch: null,
      traits: 0,
      speaker: null,
      meaning,
      before: null,
      after: null,
    })
    at = end
  }
  return texts
}

/** A record is a text beside one of those that were asked for: they come by that one, then in the order of the thread. */
function asMessages(records: Buffer, firstRow: number): Text[] {
  const texts = new Map<number, Text>()
  let beside = -1
  let last: Text | null = null
  for (let at = 0; at < records.length; ) {
    const number = records.readInt32BE(at + 4)
    const { meaning, end } = readMeaning(records, at + MESSAGE_HEAD)
    const text = texts.get(number) ?? readMessage(records, at, { number, row: firstRow + texts.size, meaning })
    texts.set(number, text)
    if (last && beside === records.readInt32BE(at)) {
      last.after = text
      text.before = last
    }
    beside = records.readInt32BE(at)
    last = text
    at = end
  }
  return [...texts.values()]
}

function readMessage(records: Buffer, at: number, known: Pick<Text, 'number' | 'row' | 'meaning'>): Text {
  const speaker = records.readInt32BE(at + 28)
  return {
    kind: 'message',
    number: known.number,
    row: known.row,
    stretch: `${records.toString('latin1', at + 8, at + 24)} ${known.number >> STRETCH_BITS}`,
    traits: records.readInt32BE(at + 24),
    speaker: speaker === NOBODY ? null : speaker,
    meaning: known.meaning,
    before: null,
    after: null,
  }
}

function readMeaning(records: Buffer, at: number): { meaning: Int8Array | null; end: number } {
  const length = records.readInt16BE(at)
  const start = at + 2
  const meaning = length > 0 ? new Int8Array(records.buffer, records.byteOffset + start, length) : null
  return { meaning, end: start + length }
}

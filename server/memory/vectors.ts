import type { Reader } from '#server/db/reader.ts'
import type { Kind } from './index/bm25.ts'
import type { Tx } from './index/lock.ts'
import type { TextAt } from './index/texts.ts'
import { quantise } from './quantise.ts'

/** With what it is a text of: numbers are given anew when an index is rebuilt. */
export interface IndexedAt extends TextAt {
  sourceId: string
}

/** The vector of a question, and of which model it is. */
export interface Asked {
  model: string
  vector: Float32Array
}

/** How many texts become candidates by their meaning alone. */
const NEAREST = 48

/** Keeps the vectors of texts that are still there, in place of another model's. */
export async function storeVectors(
  tx: Tx,
  userId: string,
  model: string,
  texts: readonly (IndexedAt & { vector: Float32Array })[],
): Promise<void> {
  await tx.$executeRaw`
    with read as materialized (
      select text.user_id, text.kind, text.number, ${model}::text as model, given.signature, given.vector
      from unnest(
        ${texts.map(({ kind }) => kind)}::text[], ${texts.map(({ number }) => number)}::int[],
        ${texts.map(({ sourceId }) => sourceId)}::uuid[], ${texts.map(({ vector }) => signature(vector))}::text[],
        ${texts.map(({ vector }) => quantise(vector))}::text[]
      ) as given(kind, number, source_id, signature, vector)
      join indexed_text as text
        on text.user_id = ${userId}::uuid and text.kind = given.kind::text_kind and text.number = given.number
        and text.source_id = given.source_id
    ), signed as (
      insert into text_signature (user_id, kind, number, model, signature)
      select user_id, kind, number, model, signature::varbit from read
      on conflict (user_id, kind, number) do update set model = excluded.model, signature = excluded.signature
    )
    insert into text_vector (user_id, kind, number, model, vector)
    select user_id, kind, number, model, decode(vector, 'base64') from read
    on conflict (user_id, kind, number) do update set model = excluded.model, vector = excluded.vector`
}

/** The texts whose signatures differ from the question's in the fewest bits. */
export function findNearest(
  db: Reader,
  userId: string,
  { model, vector }: Asked,
  kinds: readonly Kind[],
): Promise<TextAt[]> {
  return db.$queryRaw<TextAt[]>`
    select kind, number from text_signature
    where user_id = ${userId}::uuid and kind = any(${kinds}::text_kind[]) and model = ${model}
      and length(signature) = ${vector.length}
    order by bit_count(signature # ${signature(vector)}::varbit), number desc limit ${NEAREST}`
}

/**
 * How near texts are to a question, 0 to 1 each; null for those that have no vector yet. What the middling one of them
 * comes to counts as nothing: models differ in how near they hold texts that have nothing in common.
 */
export async function nearnessByVector(
  db: Reader,
  userId: string,
  { model, vector }: Asked,
  texts: readonly TextAt[],
): Promise<(number | null)[]> {
  const rows = await db.$queryRaw<(TextAt & { vector: string })[]>`
    select held.kind::text as kind, held.number, encode(vector, 'base64') as vector
    from unnest(${texts.map(({ kind }) => kind)}::text[], ${texts.map(({ number }) => number)}::int[]) as given(kind, number)
    join text_vector as held
      on held.user_id = ${userId}::uuid and held.kind = given.kind::text_kind and held.number = given.number
    where model = ${model}`
  const cosines = new Map(rows.map((row) => [keyOf(row), cosine(vector, Buffer.from(row.vector, 'base64'))]))
  const middling = cosines.size > 2 ? ([...cosines.values()].sort((a, b) => a - b)[cosines.size >> 1] ?? 0) : 0
  return texts.map((text) => {
    const found = cosines.get(keyOf(text))
    return found === undefined ? null : Math.max(0, found - middling) / Math.max(0.01, 1 - middling)
  })
}

function keyOf({ kind, number }: TextAt): string {
  return `${kind} ${number}`
}

function signature(vector: Float32Array): string {
  return Array.from(vector, (value) => (value > 0 ? '1' : '0')).join('')
}

function cosine(vector: Float32Array, bytes: Buffer): number {
  if (bytes.length !== vector.length) return 0
  let product = 0
  let squares = 0
  for (let at = 0; at < bytes.length; at++) {
    const value = ((bytes[at] as number) << 24) >> 24
    product += value * (vector[at] as number)
    squares += value * value
  }
  return product / (Math.sqrt(squares) || 1)
}

import { CHUNK_BITS, CHUNK_TEXTS, ENTRY_BYTES } from './entry.ts'
import { lockIndex, type Tx } from './lock.ts'

interface Removed {
  kind: 'memory' | 'message'
  number: number
  length: number
  terms: string[]
}

/** Takes texts out of the index, down to the last posting. Ids that are not indexed are passed over. */
export async function removeFromIndex(tx: Tx, userId: string, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return
  await lockIndex(tx, userId)
  const removed = await tx.$queryRaw<Removed[]>`
    delete from indexed_text where user_id = ${userId}::uuid and source_id = any(${sourceIds}::uuid[])
    returning kind::text as kind, number, length, terms`
  if (removed.length === 0) return
  const length = removed.reduce((sum, text) => sum + text.length, 0)
  await tx.$executeRaw`
    update text_index set texts = texts - ${removed.length}, terms = terms - ${length}
    where user_id = ${userId}::uuid`
  for (const group of byChunk(removed)) await removeFromChunk(tx, userId, group)
}

interface Chunk {
  kind: 'memory' | 'message'
  chunk: number
  numbers: Set<number>
  terms: Set<string>
}

function byChunk(removed: readonly Removed[]): Chunk[] {
  const chunks = new Map<string, Chunk>()
  for (const { kind, number, terms } of removed) {
    const chunk = number >> CHUNK_BITS
    const key = `${kind}${chunk}`
    const known = chunks.get(key) ?? { kind, chunk, numbers: new Set(), terms: new Set() }
    known.numbers.add(number & (CHUNK_TEXTS - 1))
    for (const term of terms) known.terms.add(term)
    chunks.set(key, known)
  }
  return [...chunks.values()]
}

async function removeFromChunk(tx: Tx, userId: string, { kind, chunk, numbers, terms }: Chunk): Promise<void> {
  const rows = await tx.$queryRaw<{ term: string; entries: Uint8Array }[]>`
    select term, entries from posting
    where user_id = ${userId}::uuid and term = any(${[...terms]}::text[]) and kind = ${kind}::text_kind
      and chunk = ${chunk}`
  const left = rows.map(({ term, entries }) => ({ term, entries: without(entries, numbers) }))
  await tx.$executeRaw`
    update posting set entries = decode(rest.entries, 'hex'), count = length(rest.entries) / ${2 * ENTRY_BYTES}
    from unnest(${left.map((row) => row.term)}::text[], ${left.map((row) => row.entries)}::text[]) as rest(term, entries)
    where posting.user_id = ${userId}::uuid and posting.term = rest.term and posting.kind = ${kind}::text_kind
      and posting.chunk = ${chunk}`
  await tx.$executeRaw`
    delete from posting
    where user_id = ${userId}::uuid and term = any(${[...terms]}::text[]) and kind = ${kind}::text_kind
      and chunk = ${chunk} and count = 0`
}

/** The entries, in hexadecimal, but for those of the given numbers. */
function without(entries: Uint8Array, numbers: ReadonlySet<number>): string {
  const kept: Buffer[] = []
  const bytes = Buffer.from(entries)
  for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
    if (!numbers.has(bytes.readUInt16LE(at) & (CHUNK_TEXTS - 1))) kept.push(bytes.subarray(at, at + ENTRY_BYTES))
  }
  return Buffer.concat(kept).toString('hex')
}

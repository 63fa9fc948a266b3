import { LRUCache } from 'lru-cache'
import type { Chunk, Kind } from './bm25.ts'

/** A term's postings in one chunk, at one writing of their row. */
export interface KnownChunk extends Chunk {
  /** The row's `xmin`: the transaction that wrote it so. */
  version: number
}

/** Chunks of one term and kind by their numbers, as far as they are known. Never changed, only replaced. */
export type KnownChunks = readonly (KnownChunk | undefined)[]

/** Smaller ones are sent as soon as asked about. */
const WORTH_BYTES = 256
const ALL_BYTES = 32 * 1024 * 1024

/**
 * The large chunks that were read last. Of a word that is in a third of a long history the postings are megabytes, and
 * they change only where a text is added or forgotten. Never trusted: with each question the versions are read, and the
 * entries of whatever is of another.
 */
const known = new LRUCache<string, KnownChunks>({ maxSize: ALL_BYTES, sizeCalculation: bytesOf })

export function knownChunks(userId: string, term: string, kind: Kind): KnownChunks {
  return known.get(keyOf(userId, term, kind)) ?? []
}

/**
 * Keeps what was read of a term, all of it of the kind.
 *
 * To be called with what is committed alone: within one transaction a row can be written twice, both of the same version.
 */
export function keepChunks(userId: string, term: string, kind: Kind, chunks: readonly KnownChunk[]): void {
  const before = knownChunks(userId, term, kind)
  const kept: KnownChunk[] = []
  for (const each of chunks) {
    const { chunk, entries } = each
    if (each.kind !== kind || entries.length < WORTH_BYTES) continue
    // Of its own bytes alone, for all that came with it shares them.
    kept[chunk] = each === before[chunk] ? each : { ...each, entries: Buffer.copyBytesFrom(entries) }
  }
  if (kept.length > 0) known.set(keyOf(userId, term, kind), kept)
}

function keyOf(userId: string, term: string, kind: Kind): string {
  return `${userId} ${kind} ${term}`
}

function bytesOf(chunks: KnownChunks): number {
  return chunks.reduce((sum, chunk) => sum + (chunk?.entries.length ?? 0), 0)
}

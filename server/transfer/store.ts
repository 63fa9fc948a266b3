import type { Tx } from '#server/memory/index/lock.ts'
import type { ImportSummary } from '#shared/transfer.ts'
import type { Owner } from './import-run.ts'
import type { AdoptedMemory, Imported, ImportedMemory, Tombstone } from './imported.ts'
import { adoptMemory, adoptTombstone, type Saved, saveMemory } from './save-memory.ts'
import { type Slice, saveSlices } from './save-thread.ts'

/** In one transaction, so that other requests of the person are not kept waiting long. */
const MESSAGES_AT_ONCE = 300
/** Their texts together, in UTF-16 code units. */
const TEXT_AT_ONCE = 300_000
const MEMORIES_AT_ONCE = 10

type Kept = { memory: ImportedMemory } | { adopted: AdoptedMemory } | { tombstone: Tombstone }

/** Collects what was read and stores it some at a time, in the order it came. */
export function createStore({ deps, userId }: Owner, summary: ImportSummary) {
  let slices: Slice[] = []
  let messages = 0
  let length = 0
  let kept: Kept[] = []
  /** Messages that were new in the conversation whose slices are being stored. */
  let grown = 0

  async function take({ thread, memories = [], adopted, tombstone }: Imported): Promise<void> {
    const found: Kept[] = [
      ...memories.map((memory) => ({ memory })),
      ...(adopted ? [{ adopted }] : []),
      ...(tombstone ? [{ tombstone }] : []),
    ]
    for (const each of found) {
      kept.push(each)
      if (kept.length >= MEMORIES_AT_ONCE) await flush()
    }
    if (!thread) return
    let from = 0
    for (const [at, { text }] of thread.messages.entries()) {
      messages++
      length += text.length
      if (messages < MESSAGES_AT_ONCE && length < TEXT_AT_ONCE) continue
      slices.push({ thread, from, to: at + 1 })
      from = at + 1
      await flush()
    }
    if (from < thread.messages.length) slices.push({ thread, from, to: thread.messages.length })
  }

  async function flush(): Promise<void> {
    if (kept.length > 0) await storeMemories()
    if (slices.length > 0) await storeMessages()
  }

  async function storeMemories(): Promise<void> {
    const now = new Date(deps.clock.now())
    const saved = await deps.db.prisma.$transaction(async (tx) => {
      const all: (Saved | null)[] = []
      for (const each of kept) all.push(await save(tx, each, now))
      return all
    })
    kept = []
    for (const each of saved) {
      if (each === 'added') summary.memories++
      else if (each === 'known') summary.known.memories++
      else if (each === 'forgotten') skip('a memory that was forgotten or corrected here')
      else if (each === 'outdated') skip('a memory that something said later has replaced')
    }
  }

  async function save(tx: Tx, each: Kept, now: Date): Promise<Saved | null> {
    if ('memory' in each) return saveMemory(tx, userId, each.memory, now)
    if ('adopted' in each) return adoptMemory(tx, userId, each.adopted)
    await adoptTombstone(tx, userId, each.tombstone)
    return null
  }

  async function storeMessages(): Promise<void> {
    const added = await deps.db.prisma.$transaction((tx) => saveSlices(tx, userId, slices))
    for (const [at, { thread, to }] of slices.entries()) {
      const news = added[at] ?? 0
      summary.messages += news
      grown += news
      if (to < thread.messages.length) continue
      if (grown > 0) summary.conversations++
      else summary.known.conversations++
      grown = 0
    }
    slices = []
    messages = 0
    length = 0
  }

  function skip(reason: string): void {
    summary.skipped[reason] = (summary.skipped[reason] ?? 0) + 1
  }

  return { take, flush }
}

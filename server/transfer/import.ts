import type { Caller } from '#server/memory/caller.ts'
import { keep } from '#server/memory/keep.ts'
import { readObject } from './formats.ts'
import type { ImportedMemory, ImportedThread } from './imported.ts'
import { jsonElements } from './json-elements.ts'
import { saveThread } from './save-thread.ts'

/** In one transaction, so that other requests of the person are not kept waiting long. */
const MESSAGES_AT_ONCE = 500

export interface ImportSummary {
  conversations: number
  /** New ones; what was there already is not counted. */
  messages: number
  memories: number
  /** How many objects were passed over, by reason. */
  skipped: Record<string, number>
}

/**
 * Takes in a file of conversations or memories, one object at a time, in short transactions: an import that
 * breaks off goes on where it was when it is done again, and done twice it imports once. Nothing that was forgotten
 * comes back with it.
 *
 * @throws {Problem} BAD_REQUEST when the file turns out to be no JSON or to break off; what came before is kept.
 */
export async function importFile(
  { deps, userId }: Pick<Caller, 'deps' | 'userId'>,
  file: AsyncIterable<Uint8Array>,
): Promise<ImportSummary> {
  const summary: ImportSummary = { conversations: 0, messages: 0, memories: 0, skipped: {} }
  const skip = (reason: string) => {
    summary.skipped[reason] = (summary.skipped[reason] ?? 0) + 1
  }
  for await (const value of jsonElements(file)) {
    const imported = readObject(value)
    if ('skipped' in imported) skip(imported.skipped)
    else if ('memories' in imported) {
      for (const memory of imported.memories) {
        if (await saveMemory({ deps, userId }, memory)) summary.memories++
        else skip('a memory that is known, or was forgotten')
      }
    } else {
      const added = await saveConversation({ deps, userId }, imported.thread)
      if (added > 0) summary.conversations++
      else skip('a conversation that is here already')
      summary.messages += added
    }
  }
  return summary
}

async function saveConversation({ deps, userId }: Pick<Caller, 'deps' | 'userId'>, thread: ImportedThread) {
  let added = 0
  for (let from = 0; from < thread.messages.length; from += MESSAGES_AT_ONCE) {
    const to = from + MESSAGES_AT_ONCE
    added += await deps.db.prisma.$transaction((tx) => saveThread(tx, userId, thread, from, to))
  }
  return added
}

async function saveMemory({ deps, userId }: Pick<Caller, 'deps' | 'userId'>, memory: ImportedMemory): Promise<boolean> {
  const { createdAt, ...statement } = memory
  const at = createdAt ?? new Date(deps.clock.now())
  return deps.db.prisma.$transaction(async (tx) => {
    const kept = await keep(tx, userId, { ...statement, origin: 'import', decided: 'to keep' }, at)
    return kept?.outcome === 'added'
  })
}

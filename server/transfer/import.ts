import { isUnreachable, UNREACHABLE } from '#server/db/unreachable.ts'
import { Problem } from '#server/problem.ts'
import type { ImportSummary } from '#shared/transfer.ts'
import { beginImport, type ImportRun, type Owner } from './import-run.ts'
import type { Imported, Skipped } from './imported.ts'
import { jsonElements } from './json-elements.ts'
import { openFile } from './open-file.ts'
import { createReader } from './read-element.ts'
import { type Spooled, spool } from './spool.ts'
import { createStore } from './store.ts'

/**
 * Takes in a file of conversations and memories: first all of it, then one object at a time, in short transactions. An
 * import that breaks off goes on where it was when it is done again, and done twice it imports once. Nothing that was
 * forgotten comes back with it. How far it is can be asked meanwhile: see importState.
 *
 * @param length of the file in bytes, as far as the sender said.
 * @throws {Problem} CONFLICT while another is under way, or when it is cancelled; BAD_REQUEST when the file turns out to
 * be no JSON or to break off: what came before is kept.
 */
export async function importFile(
  owner: Owner,
  body: AsyncIterable<Uint8Array>,
  length: number | null,
): Promise<ImportSummary> {
  const run = await beginImport(owner, length)
  try {
    const file = await spool(body, run.at)
    try {
      await read(owner, file, run)
    } finally {
      await file.close()
    }
    await run.finish({ status: 'done' })
    return run.summary
  } catch (error) {
    // Without a database there is nowhere to say it; then the lease runs out.
    await run.finish({ status: 'failed', problem: sentence(error) }).catch(() => {})
    throw error
  }
}

async function read(owner: Owner, file: Spooled, run: ImportRun): Promise<void> {
  const files = await openFile(file)
  await run.reading(files.reduce((sum, { size }) => sum + size, 0))
  const readElement = createReader(new Date(owner.deps.clock.now()))
  const store = createStore(owner, run.summary)
  let done = 0
  try {
    for (const each of files) {
      for await (const element of jsonElements(counted(await each.read()))) {
        await store.take(noted(readElement(element), run.summary.skipped))
        await run.at(done)
      }
    }
  } catch (error) {
    if (error instanceof Problem && error.code === 'BAD_REQUEST') await store.flush()
    throw error
  }
  await store.flush()

  async function* counted(bytes: AsyncIterable<Uint8Array>) {
    for await (const chunk of bytes) {
      done += chunk.length
      yield chunk
    }
  }
}

function noted(imported: Imported, skipped: Skipped): Imported {
  for (const [reason, count] of Object.entries(imported.skipped ?? {})) skipped[reason] = (skipped[reason] ?? 0) + count
  return imported
}

function sentence(error: unknown): string {
  if (error instanceof Problem) return error.message
  if (isUnreachable(error)) return UNREACHABLE
  return 'The import broke off: send the file again, and it goes on where it was.'
}

import { execFile } from 'node:child_process'
import { chmod, cp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DatabaseOpenError } from './home.ts'

const PROGRAM = fileURLToPath(new URL('./pglite-worker.js', import.meta.url))
/** An empty cluster that was made with the build; beside the sources there is none. */
const BUILT = fileURLToPath(new URL('../cluster', import.meta.url))

/**
 * Makes the cluster in `directory` if there is none: aside, flushed to the disk, then put in place by its name, so that
 * a crash meanwhile leaves nothing half made.
 */
export async function createCluster(directory: string): Promise<void> {
  if (await stat(directory).catch(() => null)) return
  const unfinished = `${directory}.new`
  await rm(unfinished, { recursive: true, force: true })
  await emptyCluster(unfinished).catch((error: Error) => {
    throw new DatabaseOpenError(`The embedded database cannot be made in ${directory}: ${error.message}`, {
      cause: error,
    })
  })
  const entries = await readdir(unfinished, { recursive: true, withFileTypes: true })
  await Promise.all(entries.map((entry) => flush(join(entry.parentPath, entry.name))))
  await chmod(unfinished, 0o700)
  await rename(unfinished, directory)
  await flush(dirname(directory))
}

async function emptyCluster(directory: string): Promise<void> {
  if (await stat(BUILT).catch(() => null)) await cp(BUILT, directory, { recursive: true })
  // A process of its own gives back the 130 MB that this takes.
  else await promisify(execFile)(process.execPath, [PROGRAM, directory])
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.sync()
  await file.close()
}

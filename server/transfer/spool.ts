import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '#server/problem.ts'

/** A file as it was sent, whole, on this machine's disk. */
export interface Spooled {
  size: number
  handle: FileHandle
  close(): Promise<void>
}

/**
 * Writes what is sent to a temporary file that has no name: the system removes it with its last reader, even when this
 * process is killed.
 *
 * @throws {Problem} SERVICE_UNAVAILABLE when the disk is full.
 */
export async function spool(
  body: AsyncIterable<Uint8Array>,
  onBytes: (received: number) => Promise<void>,
): Promise<Spooled> {
  const path = join(tmpdir(), `moneta-import-${randomUUID()}`)
  const handle = await open(path, 'wx+', 0o600)
  // Where an open file cannot be removed, closing does it.
  await rm(path, { force: true }).catch(() => {})
  const close = async () => {
    await handle.close()
    await rm(path, { force: true })
  }
  try {
    let size = 0
    for await (const chunk of body) {
      await write(handle, chunk)
      size += chunk.length
      await onBytes(size)
    }
    return { size, handle, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function write(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  try {
    for (let from = 0; from < chunk.length; ) {
      const { bytesWritten } = await handle.write(chunk, from)
      from += bytesWritten
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
    throw new Problem(
      'SERVICE_UNAVAILABLE',
      'The server has no room for this file: free some on its disk, then try again.',
      {
        cause,
      },
    )
  }
}

import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BackupError } from './backup.ts'

/**
 * Writes the lines to `path`, which appears only when they are all on the disk, readable by its owner alone: a backup
 * holds what people said, and the key that signs their tokens.
 */
export async function writeBackupFile(path: string, lines: AsyncIterable<string>): Promise<void> {
  if (await stat(path).catch(() => null)) throw new BackupError(`${path} exists already: name another file.`)
  const unfinished = `${path}.partial`
  async function* withBreaks() {
    for await (const line of lines) yield `${line}\n`
  }
  try {
    const file = createWriteStream(unfinished, { mode: 0o600, flush: true })
    await pipeline(Readable.from(withBreaks()), createGzip(), file)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** @throws {BackupError} when the file is no gzip, or is cut off. */
export async function* readBackupFile(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const text = createGunzip()
  file.on('error', (error) => text.destroy(error))
  let rest = ''
  try {
    for await (const chunk of file.pipe(text).setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    throw new BackupError(`${path} cannot be read as a backup: ${(error as Error).message}.`, { cause: error })
  } finally {
    file.destroy()
  }
}

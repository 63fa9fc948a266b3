import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseOpenError } from './home.ts'

/** Raised when what lies in the data directory changes its meaning. 1: `pglite/` is a PostgreSQL 18 cluster. */
const FORMAT = 1

/**
 * Makes the data directory, readable by its owner only, or checks that it is one of ours.
 *
 * @throws {DatabaseOpenError} when it cannot be written, holds other things, or is of a newer format.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  const formatFile = join(directory, 'format')
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const format = await readFile(formatFile, 'utf8').catch(ignoreMissing)
    if (format === null) {
      if ((await readdir(directory)).length > 0) {
        throw new DatabaseOpenError(
          `The data directory ${directory} holds other files: set DATA_DIR to an empty or a new directory.`,
        )
      }
      await writeFile(formatFile, `${FORMAT}\n`)
    } else if (Number(format) > FORMAT) {
      throw new DatabaseOpenError(
        `The data directory ${directory} was written by a newer version (format ${Number(format)}, this one knows ${FORMAT}): start that version.`,
      )
    } else if (Number(format) !== FORMAT) {
      throw new DatabaseOpenError(`The file ${formatFile} is damaged: it should say ${FORMAT}.`)
    }
  } catch (error) {
    if (error instanceof DatabaseOpenError) throw error
    throw cannotWrite(directory, error)
  }
}

export function cannotWrite(directory: string, error: unknown): DatabaseOpenError {
  const { code } = error as NodeJS.ErrnoException
  const mend = code === 'ENOSPC' ? 'free some space' : 'correct its permissions'
  return new DatabaseOpenError(
    `The data directory ${directory} cannot be written (${code}): ${mend}, or set DATA_DIR to another one.`,
    { cause: error },
  )
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

import { basename } from 'node:path/posix'
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { Problem } from '#server/problem.ts'
import type { Spooled } from './spool.ts'

/** A JSON file: sent as it is, or inside an archive. */
export interface JsonFile {
  /** Bytes, once it is unpacked. */
  size: number
  read(): Promise<AsyncIterable<Uint8Array>>
}

/** What is read of an archive, by name alone: where it lies in it does not matter, and nothing is ever written there. */
const WANTED = /^(conversations(-\d+)?|memories|memory|moneta)\.jsonl?$/
const MOST_ENTRIES = 100_000
/** All that is read of an archive, unpacked, in bytes. */
const MOST_BYTES = 2_000_000_000
/** Text is packed to a tenth, seldom to a fortieth; beyond that it is made to burst. */
const TIGHTEST = 100
const [STORED, DEFLATED] = [0, 8]

/**
 * The conversations and memories in an archive: ChatGPT's, Claude's, OpenMemory's or Moneta's. Each is unpacked as it is
 * read, and never to more than the archive says.
 *
 * @throws {Problem} BAD_REQUEST when it is damaged, encrypted, made to burst, or holds none.
 */
export async function jsonFilesOf({ handle }: Spooled): Promise<JsonFile[]> {
  const zip = await readable(fromFdPromise(handle.fd, { autoClose: false, decodeStrings: false }))
  const { wanted, nested } = await readable(findWanted(zip))
  if (wanted.length === 0) {
    throw refuse(
      nested
        ? 'There is another ZIP archive in this one: unpack it and import the one inside.'
        : 'There are no conversations or memories in this archive: choose the export as you got it.',
    )
  }
  if (wanted.some((entry) => entry.isEncrypted())) {
    throw refuse('This archive is locked with a password: unpack it and import the JSON file inside.')
  }
  if (wanted.some(({ compressionMethod: method }) => method !== STORED && method !== DEFLATED)) {
    throw refuse('This archive is packed in an unusual way: unpack it and import the JSON file inside.')
  }
  const size = wanted.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  const tight = wanted.some(
    ({ uncompressedSize, compressedSize }) => uncompressedSize > TIGHTEST * compressedSize + 1_000,
  )
  if (size > MOST_BYTES || tight) {
    throw refuse(
      'This archive would unpack to more than any export holds: unpack it and import the file inside in parts.',
    )
  }
  return wanted.map((entry) => ({
    size: entry.uncompressedSize,
    read: async () => unpacked(await readable(zip.openReadStreamPromise(entry))),
  }))
}

async function findWanted(zip: ZipFile): Promise<{ wanted: Entry[]; nested: boolean }> {
  const wanted: Entry[] = []
  let nested = false
  let entries = 0
  for await (const entry of zip.eachEntry()) {
    if (++entries > MOST_ENTRIES) throw refuse('There are more files in this archive than in any export.')
    const name = basename(entry.fileNameRaw.toString('latin1').replaceAll('\\', '/')).toLowerCase()
    if (WANTED.test(name)) wanted.push(entry)
    nested ||= name.endsWith('.zip')
  }
  return { wanted, nested }
}

async function* unpacked(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { value, done } = await readable(chunks.next())
      if (done) return
      yield value
    }
  } finally {
    await chunks.return?.()
  }
}

/** What the archive is at fault for, in words; the words of whoever reads it are for programmers. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw refuse('This archive is damaged or cut off: get the export again.', cause)
  }
}

function refuse(sentence: string, cause?: unknown): Problem {
  return new Problem('BAD_REQUEST', sentence, { cause })
}

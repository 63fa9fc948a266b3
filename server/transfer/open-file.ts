import type { Spooled } from './spool.ts'
import { type JsonFile, jsonFilesOf } from './zip.ts'

/**
 * What is to be read of a file that was sent: itself, or, of a ZIP archive, the conversations and memories inside.
 *
 * @throws {Problem} BAD_REQUEST for an archive that cannot or should not be read.
 */
export async function openFile(file: Spooled): Promise<JsonFile[]> {
  const { handle, size } = file
  const start = Buffer.alloc(2)
  await handle.read(start, 0, 2, 0)
  if (start.toString('latin1') === 'PK') return jsonFilesOf(file)
  return [{ size, read: async () => handle.createReadStream({ start: 0, autoClose: false }) }]
}

import type { Pool } from 'pg'
import { BackupError, backup } from './backup.ts'
import { isEmpty, restore } from './restore.ts'
import { countRows, type RowCounts } from './tables.ts'

/**
 * Copies everything from one database to another, all or nothing; the first stays as it is. Once it is done, doing it
 * again changes nothing.
 *
 * @throws {BackupError} when the second holds anything else.
 */
export async function move(from: Pool, to: Pool): Promise<{ counts: RowCounts; already: boolean }> {
  const [source, target] = [await countIn(from), await countIn(to)]
  if (isEmpty(target)) return { counts: await restore(to, backup(from)), already: false }
  if (isSame(source, target)) return { counts: target, already: true }
  throw new BackupError('The database to move to is not empty: move to one that holds nothing yet.')
}

/** The second may have tables that were made, and filled from the others, since the first was last opened. */
function isSame(source: RowCounts, target: RowCounts): boolean {
  return Object.entries(source).every(([table, count]) => count === (target[table] ?? 0))
}

async function countIn(pool: Pool): Promise<RowCounts> {
  const client = await pool.connect()
  try {
    return await countRows(client)
  } finally {
    client.release()
  }
}

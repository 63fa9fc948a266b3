import type { Pool, PoolClient } from 'pg'
import { z } from 'zod'
import { BackupError, backupEnd, backupHeader, backupTable } from './backup.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'
import { countRows, quoteName, type RowCounts, type Table, tablesInOrder } from './tables.ts'

const ROWS_AT_ONCE = 200

/**
 * Fills an empty database from the lines of a backup: first with the tables of its time, then with its rows, all or
 * none, and last with the migrations written since.
 *
 * @returns how many rows each table got, counted in the database.
 * @throws {BackupError} when the backup is damaged, cut off or of a newer version, or the database is not empty.
 */
export async function restore(pool: Pool, lines: AsyncIterable<string>): Promise<RowCounts> {
  const line = lines[Symbol.asyncIterator]()
  try {
    const migrations = await readMigrations()
    const ofItsTime = migrationsOf(await nextLine(line), migrations)
    await refuseNewerTables(pool, ofItsTime)
    await migrate(pool, ofItsTime)
    const counts = await fill(pool, line)
    await migrate(pool, migrations)
    return counts
  } finally {
    await line.return?.()
  }
}

async function fill(pool: Pool, line: AsyncIterator<string>): Promise<RowCounts> {
  const client = await pool.connect()
  let whole = false
  try {
    await client.query('begin')
    if (!isEmpty(await countRows(client))) {
      throw new BackupError('The database is not empty: restore into one that holds nothing yet.')
    }
    const promised = await insertRows(client, line)
    const counts = await countRows(client)
    for (const [table, count] of Object.entries(counts)) {
      if (count !== (promised[table] ?? 0)) {
        throw new BackupError(`The backup is damaged: of ${promised[table] ?? 0} rows of ${table} it brought ${count}.`)
      }
    }
    await client.query('commit')
    whole = true
    return counts
  } finally {
    client.release(!whole)
  }
}

export function isEmpty(counts: RowCounts): boolean {
  return Object.values(counts).every((count) => count === 0)
}

/** @returns the counts that the last line promises. */
async function insertRows(client: PoolClient, line: AsyncIterator<string>): Promise<RowCounts> {
  const tables = new Map((await tablesInOrder(client)).map((table) => [table.name, table]))
  let table: Table | undefined
  let rows: unknown[][] = []
  const flush = async () => {
    if (table && rows.length > 0) await insert(client, table, rows)
    rows = []
  }
  for (;;) {
    const value = await nextLine(line)
    if (Array.isArray(value)) {
      rows.push(value)
      if (rows.length === ROWS_AT_ONCE) await flush()
      continue
    }
    await flush()
    const end = backupEnd.safeParse(value)
    if (end.success) return end.data.rows
    const begun = understood(backupTable, value)
    const known = tables.get(begun.table)
    table = { name: begun.table, columns: begun.columns }
    if (
      !known ||
      !begun.columns.every(({ name, type }) => known.columns.some((c) => c.name === name && c.type === type))
    ) {
      throw new BackupError(`The backup is damaged: its migrations make no such table ${begun.table}.`)
    }
  }
}

async function insert(client: PoolClient, { name, columns }: Table, rows: unknown[][]): Promise<void> {
  const names = columns.map((column) => quoteName(column.name))
  const values = columns.map((column, index) => `${names[index]}::${column.type}`)
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`)
  await client.query(
    `insert into ${quoteName(name)} (${names.join()}) select ${values.join()} from unnest(${arrays.join()}) r(${names.join()})`,
    columns.map((_, index) => rows.map((row) => row[index])),
  )
}

/** The migrations that made the tables of the backup, which must be the first of those that this version has. */
function migrationsOf(header: unknown, migrations: Migration[]): Migration[] {
  const made = understood(backupHeader, header).migrations
  const ours = migrations.slice(0, made.length)
  const unknown = made.find(
    ({ name, checksum }, index) => ours[index]?.name !== name || ours[index]?.checksum !== checksum,
  )
  if (unknown) {
    throw new BackupError(
      `The backup was made by another version (it has the migration ${unknown.name}): restore with that one.`,
    )
  }
  return ours
}

async function refuseNewerTables(pool: Pool, migrations: Migration[]): Promise<void> {
  const { rows } = await pool.query<{ history: string | null }>(`select to_regclass('_prisma_migrations') history`)
  if (!rows[0]?.history) return
  const newest = migrations.at(-1)?.name ?? ''
  const { rows: newer } = await pool.query('select 1 from _prisma_migrations where migration_name > $1', [newest])
  if (newer.length > 0) {
    throw new BackupError('The database has newer tables than the backup: restore into one without tables.')
  }
}

async function nextLine(line: AsyncIterator<string>): Promise<unknown> {
  const { value, done } = await line.next()
  if (done) throw new BackupError('The backup is cut off: take a whole one.')
  try {
    return JSON.parse(value)
  } catch (error) {
    throw new BackupError('The backup is damaged, or is none.', { cause: error })
  }
}

function understood<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    throw new BackupError(`The backup is of a newer version, or is none: ${z.prettifyError(parsed.error)}`)
  }
  return parsed.data
}

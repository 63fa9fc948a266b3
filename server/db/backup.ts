import type { Pool } from 'pg'
import { z } from 'zod'
import { quoteName, type Table, tablesInOrder } from './tables.ts'

/**
 * A backup is a sequence of JSON lines (in a file: gzipped):
 *
 * 1. what it is: `{"format":"moneta-backup","version":1,"createdAt":…,"migrations":[{"name":…,"checksum":…}, …]}`,
 *    the migrations being those that made its tables;
 * 2. for each table, after those it refers to, `{"table":…,"columns":[{"name":…,"type":…}, …]}`, followed by a line for
 *    each row, `[…]`, which gives for each column PostgreSQL's text of the value, or null;
 * 3. at the very end `{"rows":{TABLE:COUNT, …}}`, without which the backup is not whole.
 *
 * All of it is of one moment, whatever is written meanwhile.
 */
export const backupHeader = z.object({
  format: z.literal('moneta-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
})
export const backupTable = z.object({
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
})
export const backupEnd = z.object({ rows: z.record(z.string(), z.number()) })

const ROWS_AT_ONCE = 200

/** The backup, or the database it is to go to, is not fit for it. The message says what to do. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
  }
}

/** The lines of a backup of everything, read as they are taken. */
export async function* backup(pool: Pool): AsyncGenerator<string> {
  const client = await pool.connect()
  let whole = false
  try {
    await client.query('begin isolation level repeatable read, read only')
    await client.query(`set local time zone 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex'`)
    const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
      `select migration_name as name, checksum from _prisma_migrations where rolled_back_at is null order by name`,
    )
    const header: z.input<typeof backupHeader> = {
      format: 'moneta-backup',
      version: 1,
      createdAt: new Date().toISOString(),
      migrations,
    }
    yield JSON.stringify(header)
    const counts: Record<string, number> = {}
    for (const table of await tablesInOrder(client)) {
      yield JSON.stringify({ table: table.name, columns: table.columns } satisfies z.input<typeof backupTable>)
      counts[table.name] = 0
      await client.query(`declare backup no scroll cursor for ${everyRow(table)}`)
      for (;;) {
        const { rows } = await client.query<(string | null)[]>({
          text: `fetch ${ROWS_AT_ONCE} from backup`,
          rowMode: 'array',
        })
        if (rows.length === 0) break
        for (const row of rows) yield JSON.stringify(row)
        counts[table.name] = (counts[table.name] ?? 0) + rows.length
      }
      await client.query('close backup')
    }
    yield JSON.stringify({ rows: counts } satisfies z.input<typeof backupEnd>)
    await client.query('commit')
    whole = true
  } finally {
    // Given up half-way, the transaction goes with its connection.
    client.release(!whole)
  }
}

function everyRow({ name, columns }: Table): string {
  return `select ${columns.map((column) => `${quoteName(column.name)}::text`).join(', ')} from ${quoteName(name)}`
}

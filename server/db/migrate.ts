import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'
import { DatabaseOpenError } from './home.ts'

/** As far from server/db/ as from dist/server/. */
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The advisory lock of Prisma's own `migrate deploy`, so that the two never run at once. */
const PRISMA_LOCK = 72_707_369

// What Prisma's schema engine creates, so that its tools find a clean history.
const HISTORY = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

export interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file, as Prisma computes it. */
  checksum: string
}

export async function readMigrations(folder = MIGRATIONS): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings the database up to these migrations, each in a transaction of its own. Any number of processes may start at
 * once: each migration is applied by one of them.
 *
 * @returns the names of those applied now.
 * @throws {DatabaseOpenError} when an applied migration has since been edited, or is one this version does not know.
 */
export async function migrate(pool: Pool, migrations: Migration[]): Promise<string[]> {
  const applied: string[] = []
  const client = await pool.connect()
  try {
    let name = await applyNext(client, migrations)
    while (name) {
      applied.push(name)
      name = await applyNext(client, migrations)
    }
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
  return applied
}

async function applyNext(client: PoolClient, migrations: Migration[]): Promise<string | null> {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(${PRISMA_LOCK})`)
    await client.query(HISTORY)
    const next = await firstMissing(client, migrations)
    if (next) {
      const startedAt = new Date()
      await client.query(next.sql).catch((error: Error) => {
        throw new Error(`The migration ${next.name} failed: ${error.message}`, { cause: error })
      })
      await client.query(
        `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
         values ($1, $2, clock_timestamp(), $3, $4, 1)`,
        [randomUUID(), next.checksum, next.name, startedAt],
      )
    }
    await client.query('commit')
    return next?.name ?? null
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function firstMissing(client: PoolClient, migrations: Migration[]): Promise<Migration | undefined> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  )
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of rows) {
    const migration = known.get(name)
    if (!migration) {
      throw new DatabaseOpenError(
        `The database was written by a newer version (it has the migration ${name}): start that version.`,
      )
    }
    if (migration.checksum !== checksum) {
      throw new DatabaseOpenError(
        `The migration ${name} was edited after it was applied: restore its file and write a new migration instead.`,
      )
    }
    if (!finished) {
      throw new DatabaseOpenError(
        `The migration ${name} was begun by another tool and did not finish: resolve it with "prisma migrate resolve".`,
      )
    }
  }
  const done = new Set(rows.map(({ name }) => name))
  return migrations.find(({ name }) => !done.has(name))
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { startPostgres } from '../test/database/throw-away-postgres.ts'

const log = createLog('silent')

/** Where a fresh database is: PGlite's takes one process at a time, whether this one or a server. */
export interface FreshDatabase {
  open(): Promise<Database>
  /** What tells a server of it. */
  environment: Record<string, string>
}

/** Runs a measurement with a fresh database in a home, open in this process, and removes it again. */
export function withDatabase<Result>(home: Database['home'], run: (db: Database) => Promise<Result>): Promise<Result> {
  return withFreshDatabase(home, async ({ open }) => {
    const db = await open()
    try {
      return await run(db)
    } finally {
      await db.close()
    }
  })
}

/** Runs a measurement with a fresh database in a home, and removes it again. PostgreSQL is TEST_DATABASE_URL's, or its own. */
export function withFreshDatabase<Result>(
  home: Database['home'],
  run: (database: FreshDatabase) => Promise<Result>,
): Promise<Result> {
  return home === 'pglite' ? inPglite(run) : inPostgres(run)
}

async function inPglite<Result>(run: (database: FreshDatabase) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
  try {
    return await run({
      open: () => openDatabase({ dataDir, databaseUrl: null, log }),
      environment: { DATA_DIR: dataDir },
    })
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function inPostgres<Result>(run: (database: FreshDatabase) => Promise<Result>): Promise<Result> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startPostgres()
  const name = `moneta_bench_${process.pid}`
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  try {
    return await run({
      open: () => openDatabase({ dataDir: '', databaseUrl: url.href, log }),
      environment: { DATABASE_URL: url.href },
    })
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await server.stop()
  }
}

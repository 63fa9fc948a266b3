import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { startPostgres } from '../test/database/throw-away-postgres.ts'

const log = createLog('silent')

/** Runs a measurement on a fresh database in a home, and removes it again. PostgreSQL is TEST_DATABASE_URL's, or its own. */
export async function withDatabase<Result>(
  home: Database['home'],
  run: (db: Database) => Promise<Result>,
): Promise<Result> {
  return home === 'pglite' ? withPglite(run) : withPostgres(run)
}

async function withPglite<Result>(run: (db: Database) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
  const db = await openDatabase({ dataDir, databaseUrl: null, log })
  try {
    return await run(db)
  } finally {
    await db.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function withPostgres<Result>(run: (db: Database) => Promise<Result>): Promise<Result> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startPostgres()
  const name = `moneta_bench_${process.pid}`
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const db = await openDatabase({ dataDir: '', databaseUrl: url.href, log })
  try {
    return await run(db)
  } finally {
    await db.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await server.stop()
  }
}

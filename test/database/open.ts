import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Database } from '#server/db/database.ts'
import type { Home } from '#server/db/home.ts'
import { asDatabase } from '#server/db/open.ts'
import { openPostgres } from '#server/db/postgres.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'
import { openTestPglite } from './pglite.ts'
import { databaseUrl } from './setup.ts'

const log = createLog('silent')

/** A migrated, empty database that nobody else uses, in the home that the test project runs on. */
export async function openTestDatabase(): Promise<Database> {
  return asDatabase(await openTestHome())
}

/** The same below Prisma: for tests of the database layer itself. Without tables when `empty`. */
export async function openTestHome({ empty = false } = {}): Promise<Home> {
  const given = inject('testDatabase')
  if (given.home === 'pglite') {
    return openTestPglite(given.template, empty ? 'empty' : 'migrated')
  }
  const url = await createTestDatabase({ empty })
  return openPostgres({ databaseUrl: url, clock: systemClock, log })
}

/** The address of a new database on the test server, removed with it. Only where tests run on PostgreSQL. */
export async function createTestDatabase({ empty = false } = {}): Promise<string> {
  const given = inject('testDatabase')
  if (given.home !== 'postgres') throw new Error('There is no PostgreSQL in this test project')
  const name = `${given.template}_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: databaseUrl(given.url, 'postgres') })
  await admin.connect()
  await admin.query(`create database ${name} template ${empty ? 'template1' : given.template}`)
  await admin.end()
  return databaseUrl(given.url, name)
}

import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, readMigrations } from '#server/db/migrate.ts'
import { pgliteTemplate } from './pglite-template.ts'
import { startPostgres } from './throw-away-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase:
      | { home: 'pglite'; template: string }
      /** Databases are made from `template` and named after it. */
      | { home: 'postgres'; url: string; template: string }
  }
}

/** Prepares the home that the project's TEST_DATABASE names. Returns what removes it again. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.config.env.TEST_DATABASE === 'pglite') {
    project.provide('testDatabase', { home: 'pglite', template: resolve(await pgliteTemplate()) })
    return undefined
  }
  const server = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
    : await startPostgres()
  const template = `moneta_test_${randomBytes(4).toString('hex')}`
  const admin = new pg.Pool({ connectionString: databaseUrl(server.url, 'postgres'), max: 1 })
  admin.on('error', () => {})

  async function tearDown() {
    const { rows } = await admin.query('select datname from pg_database where starts_with(datname, $1)', [template])
    for (const { datname } of rows) await admin.query(`drop database "${datname}" with (force)`)
    await admin.end()
    await server.stop()
  }
  try {
    await admin.query(`create database ${template}`)
    const pool = new pg.Pool({ connectionString: databaseUrl(server.url, template), max: 1 })
    await migrate(pool, await readMigrations())
    await pool.end()
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('testDatabase', { home: 'postgres', url: server.url, template })
  return tearDown
}

export function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

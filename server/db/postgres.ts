import pg from 'pg'
import { faultOf, type Log } from '#server/log.ts'
import type { Clock } from '#shared/clock.ts'
import { DatabaseOpenError, type Home } from './home.ts'
import { createPostgresListener } from './postgres-listener.ts'

const OLDEST = 15

interface PostgresOptions {
  databaseUrl: string
  clock: Clock
  log: Log
}

/** @throws {DatabaseOpenError} when the server cannot be reached, refuses us or is too old. */
export async function openPostgres({ databaseUrl, clock, log }: PostgresOptions): Promise<Home> {
  const connection = { connectionString: databaseUrl, connectionTimeoutMillis: 10_000, keepAlive: true }
  const pool = new pg.Pool({
    ...connection,
    // Prisma's driver writes times without a zone and takes what it reads for UTC, whatever the server's default is.
    async onConnect(client) {
      await client.query(`set time zone 'UTC'`)
    },
  })
  pool.on('error', (error) => log.warn({ fault: faultOf(error) }, 'An idle connection to the database broke'))
  try {
    await checkVersion(pool)
  } catch (error) {
    await pool.end()
    throw sentence(error, databaseUrl)
  }
  const listener = createPostgresListener({ connect: () => new pg.Client(connection), clock, log })
  return {
    home: 'postgres',
    pool,
    listen: listener.listen,
    async close() {
      await listener.close()
      await pool.end()
    },
  }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ server_version: string; server_version_num: string }>(
    `select current_setting('server_version') server_version, current_setting('server_version_num') server_version_num`,
  )
  const [row] = rows
  if (row && Number(row.server_version_num) < OLDEST * 10_000) {
    throw new DatabaseOpenError(
      `The database is PostgreSQL ${row.server_version}, which is too old: use PostgreSQL ${OLDEST} or newer.`,
    )
  }
}

/** What went wrong while connecting, without the password that the address may hold. */
function sentence(error: unknown, databaseUrl: string): Error {
  if (error instanceof DatabaseOpenError || !(error instanceof Error)) return error as Error
  const { host, pathname } = new URL(databaseUrl)
  const code = (error as { code?: string }).code ?? ''
  const cause = error
  if (code === '3D000') {
    const name = decodeURIComponent(pathname.slice(1))
    return new DatabaseOpenError(
      `The database "${name}" does not exist at ${host}: create it, or correct DATABASE_URL.`,
      { cause },
    )
  }
  if (code.startsWith('28')) {
    return new DatabaseOpenError(
      `The database at ${host} refuses the user or the password of DATABASE_URL: ${error.message}.`,
      { cause },
    )
  }
  return new DatabaseOpenError(
    `The database at ${host} cannot be reached (${code || error.message}): start it, or correct DATABASE_URL.`,
    { cause },
  )
}

import { join, resolve } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Log } from '#server/log.ts'
import { type Clock, systemClock } from '#shared/clock.ts'
import { prepareDataDirectory } from './data-directory.ts'
import type { Database } from './database.ts'
import { PrismaClient } from './generated/client.ts'
import type { Home } from './home.ts'
import { lockDirectory } from './lock.ts'
import { migrate, readMigrations } from './migrate.ts'
import { openPglite } from './pglite.ts'
import { createCluster } from './pglite-cluster.ts'
import { startPgliteThread } from './pglite-thread.ts'
import { keepVacuumed } from './pglite-vacuum.ts'
import { openPostgres } from './postgres.ts'
import { createReader } from './reader.ts'
import { createStatementNames } from './statement-names.ts'

interface OpenOptions {
  /** Where PGlite keeps its files; not touched when there is a `databaseUrl`. */
  dataDir: string
  databaseUrl: string | null
  log: Log
  clock?: Clock
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws {DatabaseOpenError} with one sentence for the operator.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const home = await openHome(options)
  const database = asDatabase(home)
  try {
    // Prisma loads its query compiler while PGlite's thread is still starting.
    const [applied] = await Promise.all([migrate(home.pool, await readMigrations()), database.prisma.$connect()])
    options.log.info({ home: home.home, applied }, 'Database open')
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** The database before its tables: for the commands that look after whole installations. */
export async function openHome({ dataDir, databaseUrl, log, clock = systemClock }: OpenOptions): Promise<Home> {
  if (databaseUrl) return openPostgres({ databaseUrl, clock, log })
  const directory = resolve(dataDir)
  await prepareDataDirectory(directory)
  const release = await lockDirectory({
    directory,
    clock,
    onLost() {
      log.error({ directory }, 'Another process has taken over the data directory: stopping before both write to it')
      process.exit(1)
    },
  })
  const cluster = join(directory, 'pglite')
  const home = openPglite({
    start: () => createCluster(cluster).then(() => startPgliteThread({ dataDir: cluster })),
    log,
  })
  const stopVacuum = keepVacuumed(home.pool, clock, log)
  return {
    ...home,
    async close() {
      await stopVacuum()
      await home.close()
      await release()
    },
  }
}

/** Prisma over a home whose tables are up to date. */
export function asDatabase(home: Home): Database {
  const statementNames = createStatementNames()
  const prisma = new PrismaClient({
    adapter: new PrismaPg(home.pool, { statementNameGenerator: statementNames }),
    // PGlite runs one transaction after another: a busy moment is no reason to refuse one.
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  })
  return {
    home: home.home,
    prisma,
    reader: createReader(home.pool, statementNames),
    listen: home.listen,
    async close() {
      await prisma.$disconnect()
      await home.close()
    },
  }
}

// npm run backup -- FILE     everything this installation holds, into one file; PGlite's server must be stopped for it
// npm run restore -- FILE    that file into an empty database
// npm run move               from DATA_DIR to the empty PostgreSQL of DATABASE_URL; what was there stays
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, readConfig } from '#server/config.ts'
import { BackupError, backup } from '#server/db/backup.ts'
import { readBackupFile, writeBackupFile } from '#server/db/backup-file.ts'
import { DatabaseOpenError, type Home } from '#server/db/home.ts'
import { move } from '#server/db/move.ts'
import { openHome } from '#server/db/open.ts'
import { restore } from '#server/db/restore.ts'
import type { RowCounts } from '#server/db/tables.ts'
import { loadDotEnv } from '#server/dot-env.ts'
import { createLog } from '#server/log.ts'

async function main([command, file]: string[]) {
  loadDotEnv()
  const { dataDir, databaseUrl } = readConfig(process.env)
  const log = createLog('warn')
  const here = { dataDir, databaseUrl, log }

  if (command === 'backup' && file) {
    refuseIfNothingIn(dataDir, databaseUrl)
    await using(await openHome(here), ({ pool }) => writeBackupFile(file, backup(pool)))
    console.log(`Everything is in ${file}. Keep it as secret as the server: it holds its signing key.`)
  } else if (command === 'restore' && file) {
    const counts = await using(await openHome(here), ({ pool }) => restore(pool, readBackupFile(file)))
    console.log(`Restored ${summary(counts)}.`)
  } else if (command === 'move') {
    if (!databaseUrl) throw new BackupError('Where to? Set DATABASE_URL to an empty PostgreSQL database.')
    refuseIfNothingIn(dataDir, null)
    const { counts, already } = await using(await openHome({ ...here, databaseUrl: null }), async (from) =>
      using(await openHome(here), (to) => move(from.pool, to.pool)),
    )
    console.log(`${already ? 'Nothing to do, already moved' : 'Moved'}: ${summary(counts)}.`)
  } else {
    throw new BackupError('Usage: npm run backup -- FILE, npm run restore -- FILE, or npm run move')
  }
}

async function using<T>(home: Home, use: (home: Home) => Promise<T>): Promise<T> {
  try {
    return await use(home)
  } finally {
    await home.close()
  }
}

/** Opening a data directory would make it. */
function refuseIfNothingIn(dataDir: string, databaseUrl: string | null) {
  if (!databaseUrl && !existsSync(join(dataDir, 'pglite'))) {
    throw new BackupError(`There is nothing in ${dataDir}: set DATA_DIR to where the server keeps its data.`)
  }
}

function summary(counts: RowCounts): string {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const of = (table: string) => counts[table] ?? 0
  return `${rows} rows, among them ${of('app_user')} people, ${of('message')} messages and ${of('memory')} memories`
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [ConfigError, DatabaseOpenError, BackupError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
})

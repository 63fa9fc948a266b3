import { ConfigError, readConfig } from './config.ts'
import { DatabaseOpenError } from './db/home.ts'
import { openDatabase } from './db/open.ts'
import { loadDotEnv } from './dot-env.ts'
import { ListenError } from './http/listen.ts'
import { createLog } from './log.ts'

async function main() {
  loadDotEnv()
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  // What stands on the database is loaded while it opens.
  const opening = openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log })
  const [db, { serve }] = await Promise.all([opening, import('./serve.ts')])
  const asked = stopSignal()
  const served = await serve({ config, db, log, development: process.env.NODE_ENV !== 'production' })
  process.stdout.write(`Moneta is ready: ${served.address}\n`)

  await asked
  const inOrder = await served.close()
  // Whatever would not close, the database has to: what it holds must reach the disk.
  await db.close()
  process.exit(inOrder ? 0 : 1)
}

/**
 * Resolves once the process is asked to stop. Signals are taken from the call on, so it belongs before the first word
 * that the server is ready; one that is repeated, as a terminal and npm both send it, changes nothing.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve())
    process.on('SIGINT', () => resolve())
  })
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DatabaseOpenError || error instanceof ListenError
  console.error(expected ? error.message : error)
  process.exit(1)
})

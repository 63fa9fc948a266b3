import { createServer } from 'node:http'
import { join } from 'node:path'
import { systemClock } from '#shared/clock.ts'
import { assemble } from './assemble.ts'
import { startChatUpkeep } from './chat/upkeep.ts'
import { ConfigError, readConfig } from './config.ts'
import { DatabaseOpenError } from './db/home.ts'
import { openDatabase } from './db/open.ts'
import { loadDotEnv } from './dot-env.ts'
import { close, ListenError, listen } from './http/listen.ts'
import { builtPage, developmentPage } from './http/page.ts'
import { createLog } from './log.ts'
import { startUpkeep } from './memory/upkeep.ts'

/** How long requests under way may take to end once the process was asked to stop, in milliseconds. */
const GRACE_MS = 5000

async function main() {
  const development = process.env.NODE_ENV !== 'production'
  loadDotEnv()
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const server = createServer()
  const page = development ? await developmentPage(server) : builtPage(join(process.cwd(), 'dist/client'))
  const db = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log })
  const moneta = await assemble({ config, db, clock: systemClock, log, page, development })
  const upkeep = [startUpkeep(moneta.deps), startChatUpkeep(moneta.deps)]
  server.on('request', moneta.app)
  const asked = stopSignal()
  const address = await listen(server, config)
  process.stdout.write(`Moneta is ready: ${address}\n`)

  await asked
  const ended = close(server, GRACE_MS)
  for (const stopUpkeep of upkeep) stopUpkeep()
  // Whatever will not close, the database has to: what it holds must reach the disk.
  const closed = await Promise.allSettled([moneta.close().then(() => ended), page.close()])
  await db.close()
  process.exit(closed.every(({ status }) => status === 'fulfilled') ? 0 : 1)
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

// A server process of its own, for tests that kill it and benchmarks that weigh it: prints its address
// once it listens, and tells what it has used when it is sent a message.
import { createServer } from 'node:http'
import { Router } from 'express'
import { assemble } from '#server/assemble.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/open.ts'
import { close, listen } from '#server/http/listen.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'
import { reportUsage } from './usage.ts'

const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...process.env })
const log = createLog(config.logLevel)
const db = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log })
const page = { router: Router(), close: async () => {} }
const moneta = await assemble({ config, db, clock: systemClock, log, page, development: false })
const server = createServer(moneta.app)
console.log(await listen(server, config))

reportUsage()

process.on('SIGTERM', async () => {
  await moneta.close()
  await close(server, 0)
  await db.close()
  process.exit(0)
})

/**
 * CPU of one authenticated call, against what tRPC costs by its Express adapter with no authentication, and against
 * bare Express, in the same run; and what reading one row from the database adds. The calls come from another process, one after another over one connection.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { initTRPC } from '@trpc/server'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import express from 'express'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'
import { startServer } from '../test/harness.ts'

const CALLS = 4000
const ROUNDS = 5
const run = promisify(execFile)

interface Contender {
  name: string
  url: string
  authorization?: string
}

/** CPU time of this process for each call, in microseconds. */
async function cpuPerCall({ url, authorization }: Contender): Promise<number> {
  const before = process.cpuUsage()
  await run(process.execPath, ['bench/load.mjs'], {
    env: { LOAD: JSON.stringify({ url, authorization, calls: CALLS }) },
  })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const t = initTRPC.create()
const bareRouter = t.router({ me: t.procedure.query(() => ({ id: 'somebody' })) })
const bareTrpc = express().use('/trpc', createExpressMiddleware({ router: bareRouter }))
const bareExpress = express().get('/me', (_req, res) => void res.json({ id: 'somebody' }))

const dataDir = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
const db = await openDatabase({ dataDir, databaseUrl: process.env.DATABASE_URL ?? null, log: createLog('silent') })
const moneta = await startServer({ clock: systemClock, db, environment: { LOCAL_TOKEN_SECONDS: '3600' } })
const person = await moneta.signUp('bench@example.org')
const authorization = `Bearer ${await person.token()}`
const contenders: Contender[] = [
  { name: 'bare Express', url: `${await serve(bareExpress)}/me` },
  { name: 'tRPC on Express, nobody asked who', url: `${await serve(bareTrpc)}/trpc/me` },
  { name: 'Moneta, caller checked', url: `${moneta.url}/trpc/session.config`, authorization },
  { name: 'Moneta, and a row read', url: `${moneta.url}/trpc/session.me`, authorization },
]

for (const contender of contenders) await cpuPerCall(contender)
const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
for (let round = 0; round < ROUNDS; round++) {
  for (const contender of contenders) measured.get(contender.name)?.push(await cpuPerCall(contender))
}

const base = median(measured.get('tRPC on Express, nobody asked who') ?? [])
for (const [name, values] of measured) {
  const middle = median(values)
  console.log(`${name.padEnd(36)} ${middle.toFixed(0).padStart(5)} µs CPU a call   × ${(middle / base).toFixed(2)}`)
}
await rm(dataDir, { recursive: true, force: true })
process.exit(0)

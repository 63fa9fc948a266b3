import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { withDatabase } from './databases.ts'

// What the database costs at start and at rest, and how much it does in either home: tsx bench/database.ts

const log = createLog('silent')
const SECONDS = 2

async function starts() {
  const dataDir = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
  const before = process.memoryUsage().rss
  const fresh = await timed(() => openDatabase({ dataDir, databaseUrl: null, log }))
  await fresh.result.close()
  const again = await timed(() => openDatabase({ dataDir, databaseUrl: null, log }))
  await again.result.prisma.user.count()
  const after = process.memoryUsage().rss
  await again.result.close()
  await rm(dataDir, { recursive: true })
  console.log(
    `PGlite, first start ${fresh.ms} ms, later ones ${again.ms} ms; ${megabytes(after - before)} more in memory`,
  )
}

async function rates(home: Database['home']) {
  await withDatabase(home, async ({ prisma }) => {
    const userId = randomUUID()
    await prisma.user.create({ data: { id: userId, issuer: 'bench', subject: userId } })
    const thread = () => ({ userId, id: randomUUID(), title: 'A thread of the usual length' })
    await prisma.thread.createMany({ data: Array.from({ length: 2_000 }, thread) })
    await prisma.$executeRaw`vacuum analyze`
    const list = () =>
      prisma.thread.findMany({ where: { userId }, orderBy: [{ activeAt: 'desc' }, { id: 'desc' }], take: 20 })
    const commit = () => prisma.thread.create({ data: thread() })
    await perSecond(list, 1)
    for (const [what, work] of [
      ['lists of 20 by user', list],
      ['commits', commit],
    ] as const) {
      for (const atOnce of [1, 32]) console.log(`${home}: ${what}, ${atOnce} at once: ${await perSecond(work, atOnce)}`)
    }
  })
}

/** How often `work` was done, and what it cost this process; the CPU of a PostgreSQL server is not in it. */
async function perSecond(work: () => Promise<unknown>, atOnce: number): Promise<string> {
  const end = performance.now() + SECONDS * 1_000
  const cpu = process.cpuUsage()
  let done = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (; performance.now() < end; done++) await work()
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  return `${Math.round(done / SECONDS)}/s, ${Math.round((user + system) / done)} µs of CPU each`
}

async function timed<Result>(run: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const start = performance.now()
  const result = await run()
  return { result, ms: Math.round(performance.now() - start) }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}

await starts()
for (const home of ['pglite', 'postgres'] as const) await rates(home)

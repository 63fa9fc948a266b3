// npm run bench:scale -- [--home pglite|postgres] [--sizes 1000,10000,100000] [--million] [--json FILE] [--plot FILE.svg]
//
// Search and writing of one user with many texts, half of them messages and half memories, through the API over HTTP.
// Figures are milliseconds of whole calls, one after another. `--million`, on PostgreSQL: once more among ten times as many
// texts of other users, and with the user's own messages ten times over. Those are copies made in SQL, index and all.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { Database } from '#server/db/database.ts'
import { systemClock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import { startServer } from '../../test/harness.ts'
import { withDatabase } from '../databases.ts'
import { addMemories, addMessages, copyToOther, copyToSelf, fillChunk } from './fill.ts'
import { plot } from './plot.ts'
import { QUESTIONS, question, sentence } from './texts.ts'

const ASKED = 60
const COPIES = 9

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
    million: { type: 'boolean', default: false },
    json: { type: 'string' },
    plot: { type: 'string' },
  },
})

interface Figures {
  home: string
  texts: number
  others: number
  /** By what was done: p50 and p95. */
  ms: Record<string, { p50: number; p95: number }>
}

const figures: Figures[] = []

for (const home of values.home as Database['home'][]) {
  await withDatabase(home, async (db) => {
    const server = await startServer({ clock: systemClock, db, environment: { LOCAL_TOKEN_SECONDS: '3600' } })
    const person = await server.signUp('bench@example.org')
    const token = await person.token()
    const headers = { authorization: `Bearer ${token}` }
    const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers })] })
    const { id: userId } = await api.session.me.query()

    const measure = async (others = 0) => {
      await db.prisma.$executeRaw`vacuum analyze`
      const { texts } = await db.prisma.textIndex.findUniqueOrThrow({ where: { userId } })
      const ms: Figures['ms'] = {}
      for (const [name, ranks] of Object.entries(QUESTIONS)) {
        ms[`search ${name}`] = await repeat(() => api.memory.search.query({ query: question(ranks) }))
      }
      ms['add a memory'] = await repeat(() => api.memory.add.mutate({ text: sentence() }))
      figures.push({ home, texts, others, ms })
      print(figures.slice(-1))
    }

    let held = 0
    for (const size of values.sizes.split(',').map(Number)) {
      await addMessages(db, userId, (size - held) / 2)
      await addMemories(db, userId, (size - held) / 2)
      held = size
      await measure()
    }
    if (values.million && home === 'postgres') {
      const messages = await fillChunk(db, userId)
      for (let copy = 0; copy < 2 * COPIES; copy++) await copyToOther(db, userId)
      await measure(2 * COPIES * messages)
      for (let copy = 1; copy <= 2 * COPIES; copy++) await copyToSelf(db, userId, messages, copy)
      await measure(2 * COPIES * messages)
    }
    await server.close()
  })
}
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)
if (values.plot) await writeFile(values.plot, plot(lines()))
process.exit(0)

async function repeat(run: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let warm = 0; warm < 10; warm++) await run()
  const taken: number[] = []
  for (let each = 0; each < ASKED; each++) {
    const start = performance.now()
    await run()
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => Math.round((taken[Math.floor(taken.length * share)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

function print(rows: readonly Figures[]): void {
  for (const { home, texts, others, ms } of rows) {
    console.log(`${home}: ${texts} texts${others ? ` among ${others} of others` : ''}`)
    console.table(ms)
  }
}

function lines() {
  const kinds = [...new Set(figures.flatMap(({ home, ms }) => Object.keys(ms).map((what) => `${home} ${what}`)))]
  return kinds.map((name) => ({
    name,
    points: figures.flatMap(({ home, texts, ms }) =>
      Object.entries(ms).flatMap(([what, { p95 }]) => (`${home} ${what}` === name ? [[texts, p95] as const] : [])),
    ),
  }))
}

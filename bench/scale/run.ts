// npm run bench:scale -- [--home pglite|postgres] [--sizes 1000,10000,100000] [--million] [--json FILE] [--plot FILE.svg]
//
// Search and writing of one user with many texts, half of them messages and half memories, through the API over HTTP, of
// the built server, a process of its own. Figures are milliseconds of whole calls, one after another. `--million`, on
// PostgreSQL: once more among ten times as many texts of other users, and with the user's own messages ten times over.
// Those are copies made in SQL, index and all.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Database } from '#server/db/database.ts'
import { signUp } from '../../test/chat/spawn.ts'
import { startProcess } from '../../test/process/moneta-process.ts'
import { type Api, createApi } from '../client.ts'
import { type FreshDatabase, withFreshDatabase } from '../databases.ts'
import { addMemories, addMessages, copyToOther, copyToSelf, fillChunk } from './fill.ts'
import { plot } from './plot.ts'
import { QUESTIONS, question, sentence } from './texts.ts'

/** A server that has just started is not what people ask: its code is compiled as it runs. */
const WARM = 100
const ASKED = 200
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
  await withFreshDatabase(home, async (database) => {
    const person = await serving(database, (url) => signUp(url, 'bench@example.org'))
    const asking = <Result>(ask: (api: Api) => Promise<Result>) =>
      serving(database, async (url) => {
        const token = await person.token(url)
        return ask(createApi(url, token))
      })
    const { id: userId } = await asking((api) => api.session.me.query())

    const measure = async (fill: (db: Database) => Promise<void>) => {
      const { texts, others } = await filling(database, userId, fill)
      const ms = await asking(measureCalls)
      figures.push({ home, texts, others, ms })
      print(figures.slice(-1))
    }

    let held = 0
    for (const size of values.sizes.split(',').map(Number)) {
      await measure(async (db) => {
        await addMessages(db, userId, (size - held) / 2)
        await addMemories(db, userId, (size - held) / 2)
      })
      held = size
    }
    if (values.million && home === 'postgres') {
      let messages = 0
      await measure(async (db) => {
        messages = await fillChunk(db, userId)
        for (let copy = 0; copy < 2 * COPIES; copy++) await copyToOther(db, userId)
      })
      await measure(async (db) => {
        for (let copy = 1; copy <= 2 * COPIES; copy++) await copyToSelf(db, userId, messages, copy)
      })
    }
  })
}
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)
if (values.plot) await writeFile(values.plot, plot(lines()))
process.exit(0)

/** Fills the database in this process. Resolves with how many texts the user has then, and all others. */
async function filling(
  { open }: FreshDatabase,
  userId: string,
  fill: (db: Database) => Promise<void>,
): Promise<{ texts: number; others: number }> {
  const db = await open()
  await fill(db)
  await db.prisma.$executeRaw`vacuum analyze`
  // What filling left to be written would be written while calls are measured.
  await db.prisma.$executeRaw`checkpoint`
  const { texts } = await db.prisma.textIndex.findUniqueOrThrow({ where: { userId } })
  const all = await db.prisma.textIndex.aggregate({ _sum: { texts: true } })
  await db.close()
  return { texts, others: (all._sum.texts ?? texts) - texts }
}

/** Uses the built server on the database. */
async function serving<Result>({ environment }: FreshDatabase, use: (url: string) => Promise<Result>): Promise<Result> {
  const server = await startProcess({ ...environment, LOCAL_TOKEN_SECONDS: '3600' })
  try {
    return await use(server.url)
  } finally {
    await server.stop()
  }
}

async function measureCalls(api: Api): Promise<Figures['ms']> {
  const ms: Figures['ms'] = {}
  for (const [name, ranks] of Object.entries(QUESTIONS)) {
    ms[`search ${name}`] = await repeat(() => api.memory.search.query({ query: question(ranks) }))
  }
  ms['add a memory'] = await repeat(() => api.memory.add.mutate({ text: sentence() }))
  return ms
}

async function repeat(run: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let warm = 0; warm < WARM; warm++) await run()
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

// npm run bench:recall -- --data locomo10.json [--json FILE] [--home pglite|postgres] [--ablation] [--held-out]
//
// Moneta's rows are whole calls of memory.search over HTTP, one after another, to the built server, a process of its own;
// the others ask beneath it.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Database } from '#server/db/database.ts'
import { RULES, type Rules, WITHOUT } from '#server/memory/index/rules.ts'
import { recallFor } from '#server/memory/recall.ts'
import { systemClock } from '#shared/clock.ts'
import { startProcess } from '../../test/process/moneta-process.ts'
import { withFreshDatabase } from '../databases.ts'
import { prepareFullText, searchFullText } from './full-text.ts'
import { heldOut } from './held-out.ts'
import { type ImportedUser, importAll } from './histories.ts'
import { readLocomo } from './locomo.ts'
import { type Answer, type Figures, measure } from './measure.ts'

const FOUND = 20
const PLAIN_BM25: Partial<Rules> = { ...WITHOUT, k1: 1.2, b: 0.75 }
/** What --json writes. */
const REPORTED = ['pglite', 'postgres', 'bm25', 'postgres_fts']

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'string' },
    ablation: { type: 'boolean', default: false },
    'held-out': { type: 'boolean', default: false },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
  },
})
if (!values.data) throw new Error('Say where the data is: npm run bench:recall -- --data locomo10.json')

type Ask = (user: ImportedUser, question: string) => Promise<string[]>

const histories = await readLocomo(values.data)
const table: Record<string, Figures> = {}

for (const home of values.home as Database['home'][]) {
  await withFreshDatabase(home, async ({ open, environment }) => {
    const server = await startProcess({ ...environment, LOCAL_TOKEN_SECONDS: '3600' })
    const users = await importAll(server.url, histories)
    await askAll(users.slice(0, 1), throughApi)
    table[home] = measure(await askAll(users, throughApi))
    if (home === 'postgres') {
      const db = await open()
      await compare(db, users)
      await db.close()
    }
    await server.stop()
  })
}

print(table)
if (values.json) {
  const reported = REPORTED.flatMap((name) => (table[name] ? [[name, table[name]] as const] : []))
  await writeFile(values.json, `${JSON.stringify(Object.fromEntries(reported), null, 2)}\n`)
}
process.exit(0)

async function throughApi({ api }: ImportedUser, query: string): Promise<string[]> {
  const { hits } = await api.memory.search.query({ query, limit: FOUND })
  return hits.map(({ id }) => id)
}

/** Plainer ways in the same run, and what each rule adds. */
async function compare(db: Database, users: readonly ImportedUser[]): Promise<void> {
  const by =
    (rules: Partial<Rules>): Ask =>
    async ({ userId }, query) => {
      const deps = { db, clock: systemClock }
      const hits = await recallFor(deps, { userId, query, limit: FOUND, rules: { ...RULES, ...rules } })
      return hits.map(({ id }) => id)
    }
  table.bm25 = measure(await askAll(users, by(PLAIN_BM25)))
  await prepareFullText(db)
  table.postgres_fts = measure(
    await askAll(users, ({ userId }, query) => searchFullText(db, userId, query, 'all words')),
  )
  table.postgres_fts_or = measure(
    await askAll(users, ({ userId }, query) => searchFullText(db, userId, query, 'any word')),
  )
  if (values['held-out']) table['values of other conversations'] = await heldOut(db, users)
  if (!values.ablation) return
  for (const [rule, value] of Object.entries(WITHOUT)) {
    table[`without ${rule}`] = measure(await askAll(users, by({ [rule]: value })))
  }
}

async function askAll(users: readonly ImportedUser[], ask: Ask): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const user of users) {
    for (const { text, category, evidence } of user.questions) {
      const start = performance.now()
      const found = await ask(user, text)
      answers.push({ category, found, evidence, ms: performance.now() - start })
    }
  }
  return answers
}

function print(figures: Record<string, Figures>): void {
  console.log('Recall in percent; R@5 to MRR over categories 1–4, R@10 all over 1–5; R@10 by category\n')
  const rows = Object.entries(figures).map(([name, { by_category, ...row }]) => [
    name,
    { ...row, ...Object.fromEntries(Object.entries(by_category).map(([key, value]) => [`cat ${key}`, value])) },
  ])
  console.table(Object.fromEntries(rows))
}

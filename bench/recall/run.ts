// npm run bench:recall -- --data locomo10.json [--json FILE] [--ablation] [--home pglite|postgres]
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import { RULES, type Rules, WITHOUT } from '#server/memory/index/rules.ts'
import { recallFor } from '#server/memory/recall.ts'
import { derivedId, saveThread } from '#server/transfer/save-thread.ts'
import { systemClock } from '#shared/clock.ts'
import { withDatabase } from '../databases.ts'
import { prepareFullText, searchFullText } from './full-text.ts'
import { type History, readLocomo } from './locomo.ts'
import { type Answer, type Figures, measure } from './measure.ts'

const FOUND = 20
const PLAIN_BM25: Partial<Rules> = { ...WITHOUT, k1: 1.2, b: 0.75 }

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'string' },
    ablation: { type: 'boolean', default: false },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
  },
})
if (!values.data) throw new Error('Say where the data is: npm run bench:recall -- --data locomo10.json')

type Ask = (userId: string, question: string) => Promise<string[]>

const histories = await readLocomo(values.data)
const table: Record<string, Figures> = {}

for (const home of values.home as Database['home'][]) {
  await withDatabase(home, async (db) => {
    const users = await importAll(db)
    const moneta =
      (rules: Partial<Rules> = {}): Ask =>
      async (userId, query) => {
        const deps = { db, clock: systemClock }
        const hits = await recallFor(deps, { userId, query, limit: FOUND, rules: { ...RULES, ...rules } })
        return hits.map(({ id }) => id)
      }
    await askAll(users.slice(0, 1), moneta())
    table[home] = measure(await askAll(users, moneta()))
    if (home === 'postgres') {
      table.bm25 = measure(await askAll(users, moneta(PLAIN_BM25)))
      await prepareFullText(db)
      table.postgres_fts = measure(
        await askAll(users, (userId, query) => searchFullText(db, userId, query, 'all words')),
      )
      table.postgres_fts_or = measure(
        await askAll(users, (userId, query) => searchFullText(db, userId, query, 'any word')),
      )
      if (values.ablation) {
        for (const [rule, value] of Object.entries(WITHOUT)) {
          table[`without ${rule}`] = measure(await askAll(users, moneta({ [rule]: value })))
        }
      }
    }
  })
}

print(table)
if (values.json) await writeFile(values.json, `${JSON.stringify(table, null, 2)}\n`)

interface ImportedUser {
  userId: string
  history: History
}

async function importAll(db: Database): Promise<ImportedUser[]> {
  const users: ImportedUser[] = []
  for (const history of histories) {
    const userId = uuidv7()
    await db.prisma.user.create({ data: { id: userId, issuer: 'bench', subject: userId } })
    for (const thread of history.threads) await db.prisma.$transaction((tx) => saveThread(tx, userId, thread))
    users.push({ userId, history })
  }
  return users
}

async function askAll(users: readonly ImportedUser[], ask: Ask): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const { userId, history } of users) {
    for (const { text, category, evidence } of history.questions) {
      const start = performance.now()
      const found = await ask(userId, text)
      const ms = performance.now() - start
      answers.push({ category, found, ms, evidence: new Set(evidence.map((key) => turnId(userId, key))) })
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

/** "D3:7" is the seventh turn of the third session. */
function turnId(userId: string, key: string): string {
  return derivedId(userId, `S${key.slice(1, key.indexOf(':'))}`, key)
}

// npm run bench:scale -- [--sizes 1000,10000,100000] [--home pglite|postgres] [--others 900000] [--json FILE]
//
// Search and write of one user with many messages, among other users with many. Words are drawn as in natural text
// (Zipf's law) from 50,000; a text has 8 to 22 of them, a thread 40 texts. Figures are milliseconds of `recallFor`, which
// is memory.search without HTTP, and of storing one message with its index.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import { rememberMessage } from '#server/memory/conversation.ts'
import { recallFor } from '#server/memory/recall.ts'
import type { ImportedThread } from '#server/transfer/imported.ts'
import { saveThread } from '#server/transfer/save-thread.ts'
import { systemClock } from '#shared/clock.ts'
import { withDatabase } from '../databases.ts'

const VOCABULARY = 50_000
const THREAD = 40
const ASKED = 60
const QUESTIONS = { common: [1, 2, 3, 5, 8], typical: [20, 80, 150, 400, 900, 2000], rare: [5000, 9000, 20000, 40000] }

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
    others: { type: 'string', default: '0' },
    json: { type: 'string' },
  },
})

let seed = 1
const table: Record<string, Record<string, number>> = {}

for (const home of values.home as Database['home'][]) {
  await withDatabase(home, async (db) => {
    const others = Number(values.others)
    for (let left = others; left > 0; left -= 10_000) await fill(db, await createUser(db), Math.min(left, 10_000))
    const userId = await createUser(db)
    let held = 0
    for (const size of values.sizes.split(',').map(Number)) {
      await fill(db, userId, size - held)
      held = size
      table[`${home} ${size}${others ? ` among ${others}` : ''}`] = {
        ...(await search(db, userId)),
        ...(await write(db, userId)),
      }
    }
  })
}
console.table(table)
if (values.json) await writeFile(values.json, `${JSON.stringify(table, null, 2)}\n`)

async function createUser(db: Database): Promise<string> {
  const id = uuidv7()
  await db.prisma.user.create({ data: { id, issuer: 'bench', subject: id } })
  return id
}

async function fill(db: Database, userId: string, texts: number): Promise<void> {
  const start = Date.parse('2024-01-01T00:00:00Z')
  for (let done = 0; done < texts; done += THREAD) {
    const thread: ImportedThread = {
      key: uuidv7(),
      title: '',
      createdAt: new Date(start + done * 60_000),
      messages: Array.from({ length: Math.min(THREAD, texts - done) }, (_, at) => ({
        key: `${at}`,
        author: at % 2 === 0 ? 'user' : 'assistant',
        authorName: null,
        text: sentence(),
        createdAt: new Date(start + (done + at) * 60_000),
      })),
    }
    await db.prisma.$transaction((tx) => saveThread(tx, userId, thread))
  }
}

async function search(db: Database, userId: string): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const [name, ranks] of Object.entries(QUESTIONS)) {
    const times = await repeat(ASKED, async () => {
      const query = ranks.map((rank) => word(rank + Math.floor(random() * 3))).join(' ')
      await recallFor({ db, clock: systemClock }, { userId, query, limit: 20 })
    })
    Object.assign(figures, { [`${name} p50`]: at(times, 0.5), [`${name} p95`]: at(times, 0.95) })
  }
  return figures
}

async function write(db: Database, userId: string): Promise<Record<string, number>> {
  const threadId = uuidv7()
  await db.prisma.thread.create({ data: { userId, id: threadId } })
  const times = await repeat(ASKED, async () => {
    const message = {
      id: uuidv7(),
      threadId,
      author: 'user' as const,
      authorName: null,
      text: sentence(),
      createdAt: new Date(),
    }
    await db.prisma.$transaction(async (tx) => {
      await tx.message.create({ data: { userId, ...message } })
      await rememberMessage(tx, { userId, message, learn: true })
    })
  })
  return { 'write p50': at(times, 0.5), 'write p95': at(times, 0.95) }
}

async function repeat(times: number, run: () => Promise<void>): Promise<number[]> {
  for (let warm = 0; warm < 5; warm++) await run()
  const taken: number[] = []
  for (let each = 0; each < times; each++) {
    const start = performance.now()
    await run()
    taken.push(performance.now() - start)
  }
  return taken.sort((a, b) => a - b)
}

function at(times: readonly number[], share: number): number {
  return Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
}

function sentence(): string {
  return Array.from({ length: 8 + Math.floor(random() * 15) }, () =>
    word(Math.floor(Math.exp(random() * Math.log(VOCABULARY)))),
  ).join(' ')
}

/** A word that is nobody's, pronounceable in syllables of its rank. */
function word(rank: number): string {
  let left = rank
  let text = ''
  do {
    text += 'bdfgklmnprstvz'[left % 14] ?? ''
    text += 'aiou'[Math.floor(left / 14) % 4] ?? ''
    left = Math.floor(left / 56)
  } while (left > 0)
  return `${text}x`
}

/** The same texts every time. */
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed / 0x7fffffff
}

// npm run seed: a demo account with a month of life, the same each time, counted back from today.
import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { readConfig } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import { loadDotEnv } from '#server/dot-env.ts'
import { hashPassword } from '#server/local-clerk/password.ts'
import { LOCAL_ISSUER } from '#server/local-clerk/token.ts'
import { createLog } from '#server/log.ts'
import { refreshMessage } from '#server/memory/conversation.ts'
import { addMemory } from '#server/memory/remember.ts'
import { systemClock } from '#shared/clock.ts'
import { DEMO_MEMORIES, DEMO_THREADS, type DemoThread } from './demo-life.ts'

const EMAIL = 'ines@example.org'
const PASSWORD = 'remember me'
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const today = Math.floor(Date.now() / DAY_MS) * DAY_MS

loadDotEnv()
const config = readConfig(process.env)
const db = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log: createLog('silent') })
try {
  const known = await db.prisma.localAccount.findUnique({ where: { email: EMAIL } })
  if (known) {
    console.log('The demo account is there already.')
  } else {
    await db.prisma.user.deleteMany({ where: { issuer: LOCAL_ISSUER, subject: 'user_demo' } })
    await seed(db)
    console.log(`A month of ${DEMO_THREADS.length} chats and ${DEMO_MEMORIES.length} memories is in place.`)
  }
  console.log(`Sign in as ${EMAIL} with the password "${PASSWORD}".`)
} finally {
  await db.close()
}

async function seed({ prisma }: Database): Promise<void> {
  const arrived = new Date(today - 29 * DAY_MS)
  const user = await prisma.user.create({
    data: {
      id: idOf('user', arrived),
      issuer: LOCAL_ISSUER,
      subject: 'user_demo',
      email: EMAIL,
      name: 'Ines',
      timeZone: 'Europe/Lisbon',
      locale: 'en',
      createdAt: arrived,
    },
  })
  for (const thread of DEMO_THREADS) await seedThread({ prisma }, user.id, thread)
  for (const { daysAgo, turn = 0, text, kind, tags } of DEMO_MEMORIES) {
    const thread = DEMO_THREADS.find((one) => one.daysAgo === daysAgo)
    if (!thread) throw new Error(`No conversation was ${daysAgo} days ago`)
    const at = timeOf(thread, turn)
    const clock = { ...systemClock, now: () => at.getTime() }
    const sourceMessageId = idOf(`${thread.title} ${turn}`, at)
    await addMemory({ deps: { db, clock }, userId: user.id, user }, { text, kind, tags, sourceMessageId })
  }
  // Last, so that a seed that was broken off is begun anew and not taken for whole.
  const account = { id: 'user_demo', email: EMAIL, firstName: 'Ines', passwordHash: await hashPassword(PASSWORD) }
  await prisma.localAccount.create({ data: account })
}

async function seedThread({ prisma }: Pick<Database, 'prisma'>, userId: string, thread: DemoThread): Promise<void> {
  const begun = timeOf(thread, 0)
  const threadId = idOf(thread.title, begun)
  await prisma.$transaction(async (tx) => {
    const { title, pinned = false } = thread
    const activeAt = timeOf(thread, thread.turns.length - 1)
    await tx.thread.create({
      data: { userId, id: threadId, title, titleSource: 'person', pinned, createdAt: begun, activeAt },
    })
    let parentId: string | null = null
    for (const [turn, text] of thread.turns.entries()) {
      const createdAt = timeOf(thread, turn)
      const id = idOf(`${title} ${turn}`, createdAt)
      const author = turn % 2 === 0 ? 'user' : 'assistant'
      const message = { id, threadId, author, authorName: null, text, createdAt } as const
      await tx.message.create({ data: { userId, parentId, ...message } })
      await refreshMessage(tx, userId, id)
      parentId = id
    }
  })
}

/** A minute passes from turn to turn. */
function timeOf({ daysAgo, hour }: DemoThread, turn: number): Date {
  return new Date(today - daysAgo * DAY_MS + hour * 60 * MINUTE_MS + turn * MINUTE_MS)
}

/** A uuid v7 of this moment whose random part is the name's hash. */
function idOf(name: string, at: Date): string {
  return uuidv7({ msecs: at.getTime(), random: createHash('sha256').update(name).digest() })
}

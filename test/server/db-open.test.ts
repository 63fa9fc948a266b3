import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { DatabaseOpenError } from '#server/db/home.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { createTestDatabase, openTestDatabase, openTestHome } from '../database/open.ts'

const log = createLog('silent')
const at = new Date('2026-03-29T01:30:00.123Z')
let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const newUser = () => {
  const id = randomUUID()
  return { id, issuer: 'test', subject: id }
}

test('each test database is migrated, empty and its own', async () => {
  await db.prisma.user.create({ data: newUser() })
  const other = await openTestDatabase()
  expect(await other.prisma.user.count()).toBe(0)
  await other.close()
})

test('of fifty that create the same user at once, one does, and the others learn why not', async () => {
  const data = newUser()
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => db.prisma.user.create({ data })))
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code)
  expect(refusals).toEqual(Array(49).fill('P2002'))
  expect(await db.prisma.user.count({ where: { id: data.id } })).toBe(1)
})

test('fifty transactions that read, then write, lose no update', async () => {
  const { id } = await db.prisma.user.create({ data: { ...newUser(), textIndex: { create: { tokenizerVersion: 1 } } } })
  await Promise.all(
    Array.from({ length: 50 }, () =>
      db.prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from text_index where user_id = ${id}::uuid for update`
        const { texts } = await tx.textIndex.findUniqueOrThrow({ where: { userId: id } })
        await tx.textIndex.update({ where: { userId: id }, data: { texts: texts + 1 } })
      }),
    ),
  )
  expect((await db.prisma.textIndex.findUniqueOrThrow({ where: { userId: id } })).texts).toBe(50)
})

test('a transaction that fails, or is given up, leaves nothing behind, and the next query is not inside it', async () => {
  const users = await db.prisma.user.count()
  const twice = newUser()
  await expect(
    db.prisma.$transaction([db.prisma.user.create({ data: twice }), db.prisma.user.create({ data: twice })]),
  ).rejects.toThrow()
  await expect(
    db.prisma.$transaction(async (tx) => {
      await tx.user.create({ data: newUser() })
      throw new Error('given up')
    }),
  ).rejects.toThrow('given up')
  expect(await db.prisma.user.count()).toBe(users)
})

test('a query outside of the transaction it is awaited in ends with it, instead of waiting for ever', async () => {
  const outside = db.prisma.$transaction(
    async (tx) => {
      await tx.user.count()
      await db.prisma.user.count()
      await tx.user.count()
    },
    { timeout: 300 },
  )
  if (db.home === 'pglite') await expect(outside).rejects.toThrow('expired transaction')
  else await outside
  expect(await db.prisma.user.count()).toBeGreaterThanOrEqual(0)
})

test('a connection given up half-way takes its transaction and its settings with it', async () => {
  const { pool, close } = await openTestHome()
  const client = await pool.connect()
  await client.query(`set statement_timeout = '1min'`)
  await client.query('begin; create table half (id int)')
  client.release(true)
  const { rows } = await pool.query(`select to_regclass('half') half, current_setting('statement_timeout') timeout`)
  expect(rows).toEqual([{ half: null, timeout: '0' }])
  await close()
})

test('values come back as they went in: times, bytes, lists, JSON, numbers beyond 2^53, every script', async () => {
  const text = 'שלום 👋🏽 ﷺ \u202Eabc\u202C e\u0301 '.repeat(50_000)
  const { id: userId } = await db.prisma.user.create({ data: { ...newUser(), createdAt: at } })
  const ids = { userId, id: randomUUID() }
  const entries = Uint8Array.from({ length: 12_288 }, (_, index) => index % 256)
  await db.prisma.memory.create({
    data: { ...ids, text, fingerprint: '', origin: 'person', tags: ['a,b', '"c"', ''], validFrom: at },
  })
  await db.prisma.posting.create({ data: { userId, term: 'ß', kind: 'message', chunk: 0, count: 4096, entries } })
  await db.prisma.textIndex.create({ data: { userId, tokenizerVersion: 1, terms: 2n ** 60n } })
  await db.prisma.localClient.create({ data: { id: userId, secretHash: userId, attempts: { a: [1, null, 'ü'] } } })

  const memory = await db.prisma.memory.findUniqueOrThrow({ where: { userId_id: ids } })
  expect(memory).toMatchObject({ text, tags: ['a,b', '"c"', ''], validFrom: at, expiresAt: null })
  expect((await db.prisma.posting.findFirstOrThrow({ where: { userId } })).entries).toEqual(entries)
  expect((await db.prisma.textIndex.findFirstOrThrow({ where: { userId } })).terms).toBe(2n ** 60n)
  expect((await db.prisma.localClient.findFirstOrThrow({ where: { id: userId } })).attempts).toEqual({
    a: [1, null, 'ü'],
  })
})

test('a NUL character is refused without harm to the connection', async () => {
  await expect(db.prisma.user.create({ data: { ...newUser(), name: 'a\0b' } })).rejects.toThrow()
  expect(await db.prisma.user.count()).toBeGreaterThan(0)
})

describe.runIf(inject('testDatabase').home === 'postgres')('on PostgreSQL', () => {
  const open = (databaseUrl: string) => openDatabase({ dataDir: '', databaseUrl, log })
  const changed = (url: string, change: (url: URL) => void) => {
    const copy = new URL(url)
    change(copy)
    return copy.href
  }

  test("times are right whatever the server's time zone", async () => {
    const url = await createTestDatabase()
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    await admin.query(`alter database "${new URL(url).pathname.slice(1)}" set timezone to 'Asia/Kolkata'`)
    const { prisma, close } = await open(url)
    await prisma.user.create({ data: { ...newUser(), createdAt: at } })
    expect((await prisma.user.findFirstOrThrow()).createdAt).toEqual(at)
    const { rows } = await admin.query(`select extract(epoch from created_at)::float * 1000 ms from app_user`)
    expect(rows).toEqual([{ ms: at.getTime() }])
    await close()
    await admin.end()
  })

  test('a server that cannot be reached, and one without the database, are told in a sentence', async () => {
    const url = await createTestDatabase()
    const closed = changed(url, (copy) => {
      copy.port = '1'
      copy.password = 'secret'
    })
    await expect(open(closed)).rejects.toThrow(DatabaseOpenError)
    await expect(open(closed)).rejects.toThrow(
      /^The database at [\w.]+:1 cannot be reached \(ECONNREFUSED\): start it, or correct DATABASE_URL\.$/,
    )
    const missing = changed(url, (copy) => {
      copy.pathname = '/not there'
    })
    await expect(open(missing)).rejects.toThrow(/^The database "not there" does not exist at [\w.:]+: create it, or/)
  })

  test('a role that the server does not know is told in a sentence', async () => {
    const stranger = changed(await createTestDatabase(), (copy) => {
      copy.username = 'stranger'
    })
    await expect(open(stranger)).rejects.toThrow(
      /^The database at [\w.:]+ refuses the user or the password of DATABASE_URL: role "stranger" does not exist\.$/,
    )
  })
})

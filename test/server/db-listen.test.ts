import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openPostgres } from '#server/db/postgres.ts'
import { createLog } from '#server/log.ts'
import { FakeClock } from '../clock.ts'
import { createTestDatabase, openTestDatabase } from '../database/open.ts'

const PATIENCE = { timeout: 20_000 }

let db: Database

beforeEach(async () => {
  db = await openTestDatabase()
})
afterEach(() => db.close())

const notify = (channel: string, payload: string) => db.prisma.$executeRaw`select pg_notify(${channel}, ${payload})`

/** Whatever was sent before has been delivered once this has: notifications keep their order. */
async function settle() {
  const heard = vi.fn()
  const stop = await db.listen('settled', heard)
  await notify('settled', '')
  await vi.waitFor(() => expect(heard).toHaveBeenCalled(), PATIENCE)
  await stop()
}

test('a notification reaches each who listens to its channel, and nobody else', async () => {
  const [one, another, other] = [vi.fn(), vi.fn(), vi.fn()]
  await Promise.all([db.listen('A "quoted" name', one), db.listen('A "quoted" name', another), db.listen('b', other)])
  await notify('A "quoted" name', 'first')
  await notify('A "quoted" name', 'ünï'.repeat(1_500))
  await settle()
  expect(one.mock.calls).toEqual([['first'], ['ünï'.repeat(1_500)]])
  expect(another.mock.calls).toEqual(one.mock.calls)
  expect(other).not.toHaveBeenCalled()
})

test('a notification arrives when its transaction commits, and never when it does not', async () => {
  const heard = vi.fn()
  await db.listen('news', heard)
  await db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_notify('news', 'kept')`
    expect(heard).not.toHaveBeenCalled()
  })
  await db.prisma
    .$transaction(async (tx) => {
      await tx.$executeRaw`select pg_notify('news', 'taken back')`
      throw new Error('changed my mind')
    })
    .catch(() => {})
  await settle()
  expect(heard.mock.calls).toEqual([['kept']])
})

test('who has stopped hears nothing more, and the others on the channel go on', async () => {
  const [leaving, staying] = [vi.fn(), vi.fn()]
  const stop = await db.listen('news', leaving)
  await db.listen('news', staying)
  await stop()
  await notify('news', '1')
  await settle()
  expect(leaving).not.toHaveBeenCalled()
  expect(staying).toHaveBeenCalledExactlyOnceWith('1')
})

test('a failing query does not stop the listening', async () => {
  const heard = vi.fn()
  await db.listen('news', heard)
  await expect(db.prisma.$queryRaw`select nonsense`).rejects.toThrow()
  await notify('news', '1')
  await settle()
  expect(heard).toHaveBeenCalledExactlyOnceWith('1')
})

// PGlite's one session is never cut off.
test.runIf(inject('testDatabase').home === 'postgres')(
  'a connection that breaks is made again, and its listeners hear that they may have missed something',
  async () => {
    const clock = new FakeClock()
    const { pool, listen, close } = await openPostgres({
      databaseUrl: await createTestDatabase(),
      clock,
      log: createLog('silent'),
    })
    onTestFinished(close)
    const [heard, gap] = [vi.fn(), vi.fn()]
    await listen('news', heard, gap)
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'`)
    await vi.waitFor(() => {
      clock.advance(1_000)
      expect(gap).toHaveBeenCalledOnce()
    }, PATIENCE)
    await pool.query(`notify news, 'heard'`)
    await vi.waitFor(() => expect(heard.mock.calls).toEqual([['heard']]), PATIENCE)
  },
)

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import { forgetMemory, UNDO_MS } from '#server/memory/forget.ts'
import { startUpkeep } from '#server/memory/upkeep.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, texts } from '../memory/person.ts'

/** Upkeep runs on its own account: how long a busy machine may take for it. */
const PATIENCE = { timeout: 20_000 }

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('an index of an older tokenizer is built anew at start, without what was forgotten', async () => {
  const ana = await createPerson(db)
  await ana.say('The otter swims')
  await ana.say('I hate otters.')
  const { memory } = await ana.add('I hate otters.')
  await ana.add('Otters hold hands')
  await forgetMemory(ana.ctx, { id: memory.id })
  const where = { userId: ana.userId }
  await db.prisma.textIndex.update({ where, data: { tokenizerVersion: 0 } })
  await db.prisma.posting.deleteMany({ where })
  const stop = startUpkeep({ ...ana.ctx.deps, log: createLog('silent') })
  await vi.waitFor(async () => {
    expect(texts(await ana.search('otter')).sort()).toEqual(['Otters hold hands', 'The otter swims'])
  }, PATIENCE)
  stop()
}, 30_000)

test('what was forgotten is erased once it cannot be undone', async () => {
  const ana = await createPerson(db)
  const { memory } = await ana.add('The vault is behind the painting')
  await forgetMemory(ana.ctx, { id: memory.id })
  ana.clock.step(UNDO_MS)
  const stop = startUpkeep({ ...ana.ctx.deps, log: createLog('silent') })
  await vi.waitFor(async () => {
    expect(await db.prisma.memory.findMany({ where: { userId: ana.userId } })).toMatchObject([{ text: '' }])
  }, PATIENCE)
  stop()
}, 30_000)

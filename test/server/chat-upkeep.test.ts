import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeLeft } from '#server/chat/upkeep.ts'
import type { Database } from '#server/db/database.ts'
import { recallOnly } from '#server/model/recall-only.ts'
import { createUser, message, openChat, readTail } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const HOUR = 60 * 60 * 1000

it('leaves nothing of a temporary conversation a day after its last word, nor of a deleted one after a month', async () => {
  const clock = new FakeClock()
  const chat = await openChat({ db, model: recallOnly, clock })
  const user = await createUser(db)
  const ana = chat.as(user)
  const [kept, deleted, temporary] = [v7(), v7(), v7()]
  await ana.chat.create({ id: temporary, temporary: true })
  for (const threadId of [kept, deleted, temporary]) {
    const input = message('I keep bees in Loulé.', threadId)
    await ana.chat.send(input)
    await readTail(ana, input.replyId)
  }
  expect(await db.prisma.indexedText.count({ where: { userId: user.id, threadId: temporary } })).toBe(0)
  await ana.chat.delete({ id: deleted })
  const left = async () => {
    await removeLeft({ db, clock })
    const rows = await db.prisma.message.findMany({ where: { userId: user.id }, distinct: ['threadId'] })
    return rows.map(({ threadId }) => threadId).sort()
  }
  clock.jump(23 * HOUR)
  expect(await left()).toEqual([kept, deleted, temporary].sort())
  clock.jump(2 * HOUR)
  expect(await left()).toEqual([kept, deleted].sort())
  await ana.chat.restore({ id: deleted })
  await ana.chat.delete({ id: deleted })
  clock.jump(31 * 24 * HOUR)
  expect(await left()).toEqual([kept])
  const { hits } = await ana.memory.search({ query: 'bees' })
  expect(hits.length).toBeGreaterThan(0)
  await chat.close()
})

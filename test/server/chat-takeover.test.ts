import { afterAll, beforeAll, expect, it } from 'vitest'
import { interruptDead } from '#server/chat/lease.ts'
import { createScriptedModel } from '../chat/scripted-model.ts'
import { createUser, message, openChat, readTail } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

it('a writer held up past its lease gives way to the one that went on, and its readers follow that one', async () => {
  const [held, other] = [createScriptedModel('held'), createScriptedModel('other')]
  // This process's clock is months behind and stands still: leases are counted by the database's.
  const clock = new FakeClock()
  const [first, second] = [await openChat({ db, model: held, clock }), await openChat({ db, model: other })]
  const user = await createUser(db)
  const [here, elsewhere] = [first.as(user), second.as(user)]
  const input = message('Tell me a story')
  const stored = { userId: user.id, id: input.replyId }

  await here.chat.send(input)
  const late = await held.next()
  late.say('Once upon')
  const reading = readTail(here, input.replyId)
  await readTail(here, input.replyId, { enough: ({ text }) => text === 'Once upon' })
  await clock.step(250)
  await expect.poll(() => db.prisma.message.findFirst({ where: stored })).toMatchObject({ text: 'Once upon' })
  const [lease] = await db.prisma.$queryRaw<{ holds: boolean }[]>`
    select lease_until between now() and now() + interval '8 seconds' as holds from message
    where user_id = ${user.id}::uuid and id = ${input.replyId}::uuid`
  expect(lease?.holds).toBe(true)
  expect(await elsewhere.chat.continue({ replyId: input.replyId })).toMatchObject({ status: 'streaming' })
  expect(other.calls).toBe(0)

  await db.prisma.message.updateMany({ where: stored, data: { leaseUntil: new Date(0) } })
  await interruptDead(db.prisma, [], false)
  await elsewhere.chat.continue({ replyId: input.replyId })
  const writing = await other.next()
  expect(writing.prompt.partial).toBe('Once upon')
  writing.say(' a time')
  writing.end()
  await readTail(elsewhere, input.replyId)

  late.say(' a dark and stormy night')
  await clock.step(2_000)
  await expect.poll(() => late.signal.aborted).toBe(true)
  expect((await reading).end?.reply).toMatchObject({ text: 'Once upon a time', status: 'complete', model: 'other' })
  expect(await db.prisma.message.findFirst({ where: stored })).toMatchObject({ text: 'Once upon a time' })
  expect([held.calls, other.calls]).toEqual([1, 1])
  await first.close()
  await second.close()
})

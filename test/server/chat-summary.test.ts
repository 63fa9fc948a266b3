import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createScriptedModel, type ScriptedModel, type Writing } from '../chat/scripted-model.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database
let chat: Awaited<ReturnType<typeof openChat>>
let model: ScriptedModel
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  model = createScriptedModel()
  chat = await openChat({ db, model })
  ana = chat.as(await createUser(db))
  return () => chat.close()
})

/** About `tokens` tokens of text that begins with a name by which it is known. */
const long = (name: string, tokens: number) => `${name} ${'word '.repeat((tokens * 4) / 5)}`

async function exchange(threadId: string, text: string, answer: string): Promise<Writing> {
  const input = message(text, threadId)
  await ana.chat.send(input)
  const writing = await model.next()
  writing.say(answer)
  writing.end()
  await readTail(ana, input.replyId)
  return writing
}

const isSummary = ({ prompt }: Writing) => prompt.turns[0]?.text.startsWith('Sum up a conversation') ?? false

it('sums up what no longer fits, tells the model of it from then on, and carries it forward', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await model.next()
  expect(isSummary(summing)).toBe(true)
  expect(summing.prompt.turns[1]?.text).toMatch(/^Person: first/)
  expect(summing.prompt.turns[1]?.text).not.toContain('second')
  summing.say('They spoke of the first thing.')
  summing.end()

  await expect
    .poll(() => db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'They spoke of the first thing.',
    })
  const third = await exchange(threadId, long('third', 1_500), 'three')
  expect(third.prompt.turns[0]?.text).toContain('in short:\nThey spoke of the first thing.')
  const again = await model.next()
  expect(isSummary(again)).toBe(true)
  expect(again.prompt.turns[1]?.text).toMatch(/^Summary so far:\nThey spoke of the first thing\./)
})

it('is not told in a branch that it says nothing about', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await model.next()
  summing.say('Of the first branch.')
  summing.end()
  await expect
    .poll(() => db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'Of the first branch.',
    })
  const input = { ...message('A fresh start', threadId), parentId: null }
  await ana.chat.send(input)
  expect((await model.next()).prompt.turns[0]?.text).not.toContain('Of the first branch.')
})

it('that fails costs nothing but itself', async () => {
  const { threadId } = message('')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await model.next()
  summing.fail(new Error('no'))
  const third = await exchange(threadId, 'third', 'three')
  expect(third.prompt.turns.at(-1)?.text).toBe('third')
})

it('and what was put before the model are gone once a memory they tell of is forgotten', async () => {
  const { threadId } = message('')
  await exchange(threadId, 'I am allergic to walnuts.', 'noted')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await model.next()
  summing.say('Ana is allergic to walnuts.')
  summing.end()
  await expect
    .poll(() => db.prisma.thread.findFirst({ where: { id: threadId } }))
    .toMatchObject({
      summary: 'Ana is allergic to walnuts.',
    })
  const elsewhere = message('What am I allergic to?')
  await ana.chat.send(elsewhere)
  const writing = await model.next()
  expect(writing.prompt.turns[0]?.text).toContain('allergic to walnuts')
  writing.end()
  await readTail(ana, elsewhere.replyId)

  const { hits } = await ana.memory.search({ query: 'allergic to walnuts', kind: 'memory' })
  await ana.memory.forget({ id: hits[0]?.id ?? '' })
  await expect(ana.chat.context({ replyId: elsewhere.replyId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await db.prisma.thread.findFirst({ where: { id: threadId } })).toMatchObject({ summary: '' })
})

it('that was written while something was forgotten is thrown away and made anew', async () => {
  const { threadId } = message('')
  await exchange(threadId, 'I am allergic to walnuts.', 'noted')
  await exchange(threadId, long('first', 2_000), long('one', 1_500))
  await exchange(threadId, long('second', 2_000), 'two')
  const summing = await model.next()
  const { memories } = await ana.memory.list({})
  await ana.memory.forget({ id: memories[0]?.id ?? '' })
  summing.say('Ana is allergic to walnuts.')
  summing.end()
  await exchange(threadId, 'third', 'three')
  const again = await model.next()
  expect(isSummary(again)).toBe(true)
  expect(again.prompt.turns[1]?.text).not.toContain('Summary so far')
  expect(await db.prisma.thread.findFirst({ where: { id: threadId } })).toMatchObject({ summary: '' })
  again.end()
})

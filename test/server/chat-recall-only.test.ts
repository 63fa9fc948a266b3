import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { recallOnly } from '#server/model/recall-only.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database
let chat: Awaited<ReturnType<typeof openChat>>
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
  chat = await openChat({ db, model: recallOnly })
})
afterAll(async () => {
  await chat.close()
  await db.close()
})
beforeEach(async () => {
  ana = chat.as(await createUser(db))
})

async function say(text: string, threadId?: string) {
  const input = message(text, threadId)
  await ana.chat.send(input)
  const { end } = await readTail(ana, input.replyId)
  if (!end) throw new Error('the reply did not end')
  return { ...input, reply: end.reply }
}

it('answers a question with what was said, word for word, and when', async () => {
  const told = await say('My spare key is under the blue flower pot.')
  const { reply } = await say('Where is my spare key?')
  expect(reply.text).toContain('“My spare key is under the blue flower pot.”')
  const today = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format()
  expect(reply.text).toContain(`${today}, you wrote`)
  expect(reply).toMatchObject({ status: 'complete', model: null })
  expect(reply.recalled.map(({ threadId }) => threadId)).toContain(told.threadId)
  expect((await ana.chat.context({ replyId: reply.id })).recalled).toEqual(reply.recalled)
})

it('says that no model is connected: how to connect one first, in few words after that', async () => {
  const first = await say('The dentist is on Rua Augusta.')
  expect(first.reply.text).toMatch(/No language model is connected, so I can only quote.*MODEL_PROVIDER/)
  const second = await say('Where is the dentist?', first.threadId)
  expect(second.reply.text).toMatch(/No language model is connected, so these are quotations\.$/)
  expect(second.reply.text).not.toContain('MODEL_PROVIDER')
})

it('says so when it remembers nothing of it, and promises nothing where nothing is kept', async () => {
  expect((await say('What is my blood type?')).reply.text).toMatch(/^I found nothing about that/)
  const { threadId } = message('')
  await ana.chat.create({ id: threadId, temporary: true })
  expect((await say('I like figs.', threadId)).reply.text).toMatch(/^I hear you; nothing said here is remembered/)
})

it('never repeats the person to themselves as a memory', async () => {
  const { reply } = await say('I am allergic to walnuts.')
  expect(reply.text).not.toContain('walnuts')
  expect(reply.recalled).toEqual([])
})

it('quotes what was said, and no question that was asked before', async () => {
  await say('Which walnuts grow near Coimbra?')
  await say('The walnuts near Coimbra ripen in October.')
  const { reply } = await say('When do the walnuts near Coimbra ripen?')
  expect(reply.text).toContain('“The walnuts near Coimbra ripen in October.”')
  expect(reply.text).not.toContain('Which walnuts')
})

it('answers a question that is asked again as before, and shows no more than it quotes', async () => {
  await say('The kayak is stored behind the boathouse.')
  await say('Where is the kayak?')
  const { reply } = await say('Where is the kayak?')
  expect(reply.text).toContain('“The kayak is stored behind the boathouse.”')
  expect(reply.recalled.map(({ text }) => text)).toEqual(['The kayak is stored behind the boathouse.'])
  expect((await say('Where is my zeppelin?')).reply.recalled).toEqual([])
  expect((await say('Where is my zeppelin?')).reply.recalled).toEqual([])
})

it('makes the memories that it used stronger, except for a conversation that leaves no trace', async () => {
  await say('I was born in Coimbra.')
  const recalls = async () => (await db.prisma.memory.findFirst({ where: { text: { contains: 'Coimbra' } } }))?.recalls
  await say('Where was I born?')
  expect(await recalls()).toBe(1)
  const { threadId } = message('')
  await ana.chat.create({ id: threadId, temporary: true })
  expect((await say('Where was I born?', threadId)).reply.text).toContain('Coimbra')
  expect(await recalls()).toBe(1)
})

it('finds nothing of a conversation that was deleted, until it is restored', async () => {
  const { threadId } = await say('The wifi password is on the fridge door.')
  await ana.chat.delete({ id: threadId })
  const quote = 'on the fridge door'
  expect((await say('Where is the wifi password?')).reply.recalled.filter(({ kind }) => kind === 'message')).toEqual([])
  await ana.chat.restore({ id: threadId })
  expect((await say('Where is the wifi password again?')).reply.text).toContain(quote)
})

it('never knows what another person said', async () => {
  await say('The safe opens with 4711.')
  ana = chat.as(await createUser(db))
  expect((await say('How does the safe open?')).reply.text).not.toContain('4711')
})

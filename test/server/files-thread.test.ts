import { afterAll, beforeAll, expect, test } from 'vitest'
import { FakeClock } from '../clock.ts'
import { filesOf, talk } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ clock: new FakeClock(Date.now()) })
})
afterAll(() => server.close())

const { newPerson, send } = filesOf(() => server, 'one')

async function found(person: Person, query: string): Promise<string[]> {
  const { hits } = await server.api(person).memory.search.query({ query, limit: 50 })
  return hits.map(({ text }) => text)
}

test('a conversation that was saved arrives elsewhere as it was, once, and without what was remembered from it', async () => {
  const ana = await newPerson()
  const { threadId, say, save } = talk(server, ana)
  const { replyId } = await say('I am allergic to hazelnuts.')
  await say('What am I allergic to?', replyId)
  await say('What may I not eat?', replyId)
  const { chat } = server.api(ana)
  await chat.rename.mutate({ id: threadId, title: 'Nuts' })
  await chat.tag.mutate({ id: threadId, tags: ['kitchen'] })
  await chat.pin.mutate({ id: threadId, pinned: true })
  await talk(server, ana).say('Another conversation about walnuts')
  const file = await save()
  expect(JSON.parse(file)).toMatchObject({ format: 'moneta', memories: [], forgotten: [], threads: [{ id: threadId }] })
  expect(file).not.toMatch(/walnuts|example\.org/)

  const bea = await newPerson()
  const known = { conversations: 1, memories: 0 }
  const nothing = { conversations: 0, messages: 0, memories: 0, known, skipped: {} }
  expect((await send(bea, file)).body).toMatchObject({ conversations: 1, messages: 6, memories: 0, skipped: {} })
  expect((await send(bea, file)).body).toEqual(nothing)
  expect((await send(ana, file)).body).toEqual(nothing)
  const there = server.api(bea)
  const { threads } = await there.chat.threads.query({})
  expect(threads).toMatchObject([{ title: 'Nuts', tags: ['kitchen'], pinned: true }])
  const shape = async (person: Person, id: string) => {
    const { messages } = await server.api(person).chat.thread.query({ id })
    const at = (id: string | null) => messages.findIndex((message) => message.id === id)
    return messages.map(({ text, author, createdAt, parentId }) => ({ text, author, createdAt, parent: at(parentId) }))
  }
  expect(await shape(bea, threads[0]?.id ?? '')).toEqual(await shape(ana, threadId))
  expect((await found(bea, 'hazelnuts')).length).toBeGreaterThan(0)
  expect((await there.memory.list.query({})).memories).toEqual([])
})

test('what was forgotten comes back with no saved conversation, older or newer, here or elsewhere', async () => {
  const ana = await newPerson()
  const { memory } = server.api(ana)
  const { say, save } = talk(server, ana)
  const nuts = await say('I am allergic to hazelnuts.')
  const other = talk(server, ana)
  await other.say('What am I allergic to?')
  const poems = await say('Once I hid some poems in the attic', nuts.replyId)
  await other.say('Where are the poems?')
  await say('The harbour opens at noon', poems.replyId)
  const before = [await save(), await other.save()]
  const [fact] = (await memory.list.query({})).memories
  await memory.forget.mutate({ id: fact?.id ?? '' })
  await memory.forgetMessage.mutate({ messageId: poems.messageId })
  const after = [await save(), await other.save()]

  for (const file of [...before, ...after]) await send(ana, file)
  const bea = await newPerson()
  for (const file of after) expect((await send(bea, file)).body).toMatchObject({ conversations: 1, skipped: {} })
  for (const person of [ana, bea]) {
    expect((await found(person, 'hazelnuts poems attic')).filter((text) => /hazelnuts\.|attic/.test(text))).toEqual([])
    expect(await found(person, 'harbour noon')).toContain('The harbour opens at noon')
  }
  // Of one conversation alone, nothing there says what a reply used that was said in another.
  const cleo = await newPerson()
  await send(cleo, after[1] ?? '')
  expect((await found(cleo, 'hazelnuts poems attic')).filter((text) => /hazelnuts\.|attic/.test(text))).toEqual([])
})

test('what was forgotten does not come back with a conversation that was deleted long ago', async () => {
  const ana = await newPerson()
  const { chat, memory } = server.api(ana)
  const { threadId, say, save } = talk(server, ana)
  const { replyId } = await say('I am allergic to hazelnuts.')
  await say('What am I allergic to?', replyId)
  await say('I live in Lisbon.', replyId)
  const file = await save()
  const facts = (await memory.list.query({})).memories
  await memory.forget.mutate({ id: facts.find(({ text }) => text.includes('hazelnuts'))?.id ?? '' })
  await chat.delete.mutate({ id: threadId })
  // As a month later.
  await server.deps.db.prisma.thread.deleteMany({ where: { id: threadId } })
  expect((await send(ana, file)).body).toMatchObject({ conversations: 1, messages: 6 })
  expect((await found(ana, 'hazelnuts')).filter((text) => text.includes('hazelnuts'))).toEqual([])
  expect(await found(ana, 'Lisbon')).toContain('I live in Lisbon.')
  const [back] = (await chat.threads.query({})).threads
  const { messages } = await chat.thread.query({ id: back?.id ?? '' })
  expect(messages.find(({ text }) => text.includes('Lisbon'))?.remembered).toMatchObject([
    { text: 'I live in Lisbon.' },
  ])
})

test('a temporary conversation that was saved is kept where it is imported, but not learned from', async () => {
  const ana = await newPerson()
  const { threadId, say, save } = talk(server, ana)
  await server.api(ana).chat.create.mutate({ id: threadId, temporary: true })
  await say('I am passing through Graz')
  const bea = await newPerson()
  await send(bea, await save())
  const [thread] = (await server.api(bea).chat.threads.query({})).threads
  expect(thread).toMatchObject({ temporary: false, remember: false })
})

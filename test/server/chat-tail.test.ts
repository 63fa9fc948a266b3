import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Me } from '#shared/session.ts'
import { createScriptedModel, type ScriptedModel } from '../chat/scripted-model.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Awaited<ReturnType<typeof openTestDatabase>>
let chat: Awaited<ReturnType<typeof openChat>>
let model: ScriptedModel
let user: Me
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  model = createScriptedModel()
  chat = await openChat({ db, model })
  user = await createUser(db)
  ana = chat.as(user)
  return () => chat.close()
})

async function begin(text = 'Tell me a story') {
  const input = message(text)
  await ana.chat.send(input)
  return { ...input, writing: await model.next() }
}

describe('chat.tail', () => {
  it('follows a reply to its end, each character once', async () => {
    const { replyId, writing } = await begin()
    const reading = readTail(ana, replyId)
    for (const word of ['Once ', 'upon ', 'a ', 'time']) writing.say(word)
    writing.end()
    const { events, end, text } = await reading
    const deltas = events.filter((event) => event.type === 'delta').map((event) => event.text)
    expect(deltas.join('')).toBe('Once upon a time')
    expect(text).toBe('Once upon a time')
    expect(end?.reply).toMatchObject({ status: 'complete', failure: null, text: 'Once upon a time' })
  })

  it('replays a reply that has ended, whole and at once', async () => {
    const { replyId, writing } = await begin()
    writing.say('All of it')
    writing.end()
    await readTail(ana, replyId)
    const { events } = await readTail(ana, replyId)
    expect(events.map(({ type, offset }) => [type, offset])).toEqual([
      ['delta', 9],
      ['end', 9],
    ])
  })

  it('takes up a broken stream where it broke', async () => {
    const { replyId, writing } = await begin()
    writing.say('One ')
    const seen = await readTail(ana, replyId, { enough: ({ text }) => text === 'One ' })
    writing.say('two')
    writing.end()
    await readTail(ana, replyId, { seen })
    expect(seen.text).toBe('One two')
    const shown = seen.events.filter((event) => event.type === 'delta').map((event) => event.text)
    expect(shown.join('')).toBe('One two')
  })

  it('starts nothing, however often it is opened', async () => {
    const { replyId, writing } = await begin()
    const readers = Array.from({ length: 5 }, () => readTail(ana, replyId))
    writing.say('Once')
    writing.end()
    for (const { text } of await Promise.all(readers)) expect(text).toBe('Once')
    expect(model.calls).toBe(1)
  })

  it('ends at once when its request does, and leaves the generation alone', async () => {
    const user = await createUser(db)
    const leaving = new AbortController()
    const input = message('Hello')
    await chat.as(user).chat.send(input)
    const writing = await model.next()
    const reading = readTail(chat.as(user, leaving.signal), input.replyId)
    leaving.abort()
    expect((await reading).end).toBeNull()
    writing.say('Still here')
    writing.end()
    expect((await readTail(chat.as(user), input.replyId)).text).toBe('Still here')
  })

  it('refuses the id of a message, of nothing, and a malformed position', async () => {
    const { messageId, threadId, replyId } = await begin()
    await expect(readTail(ana, messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readTail(ana, threadId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ana.chat.tail({ replyId, lastEventId: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('a reply', () => {
  it('is stopped with what came kept, and continued from there in the same place', async () => {
    const { replyId, writing, threadId } = await begin()
    writing.say('Half of')
    const seen = await readTail(ana, replyId, { enough: ({ text }) => text === 'Half of' })
    expect(await ana.chat.stop({ replyId })).toMatchObject({ status: 'interrupted', text: 'Half of', failure: null })
    expect(writing.signal.aborted).toBe(true)
    expect(await ana.chat.continue({ replyId })).toMatchObject({ id: replyId, status: 'streaming', text: 'Half of' })
    const more = await model.next()
    expect(more.prompt.partial).toBe('Half of')
    expect(more.prompt.turns).toEqual(writing.prompt.turns)
    more.say(' it')
    more.end()
    await readTail(ana, replyId, { seen })
    expect(seen.end?.reply).toMatchObject({ status: 'complete', text: 'Half of it' })
    expect((await ana.chat.thread({ id: threadId })).messages).toHaveLength(2)
  })

  it('is continued once, however often that is asked', async () => {
    const { replyId } = await begin()
    await ana.chat.stop({ replyId })
    await Promise.all([ana.chat.continue({ replyId }), ana.chat.continue({ replyId }), ana.chat.continue({ replyId })])
    await model.next()
    expect(model.calls).toBe(2)
  })

  it('is answered anew beside the first answer, once however often that is asked', async () => {
    const { replyId, writing, threadId, messageId } = await begin()
    writing.say('First')
    writing.end()
    await readTail(ana, replyId)
    const again = { replyId, newReplyId: message('').replyId }
    const [one, two] = await Promise.all([ana.chat.regenerate(again), ana.chat.regenerate(again)])
    expect(one.reply).toMatchObject({ id: again.newReplyId, parentId: messageId, status: 'streaming' })
    expect(two.reply.id).toBe(one.reply.id)
    const second = await model.next()
    expect(second.prompt.turns).toEqual(writing.prompt.turns)
    second.say('Second')
    second.end()
    await readTail(ana, again.newReplyId)
    const { messages } = await ana.chat.thread({ id: threadId })
    expect(messages.map(({ text }) => text)).toEqual(['Tell me a story', 'First', 'Second'])
    expect(model.calls).toBe(2)
  })

  it('that fails says why, keeps what came, and can be retried', async () => {
    const { replyId, writing } = await begin()
    writing.say('Up to here')
    writing.fail(new Error('a bug'))
    const { end } = await readTail(ana, replyId)
    expect(end?.reply).toMatchObject({ status: 'interrupted', text: 'Up to here' })
    expect(end?.reply.failure).toBe('Something went wrong while answering: retry.')
  })

  it('of a conversation that is deleted meanwhile ends, and can be read again once that is restored', async () => {
    const { replyId, writing, threadId } = await begin()
    writing.say('So far')
    await readTail(ana, replyId, { enough: ({ text }) => text === 'So far' })
    await ana.chat.delete({ id: threadId })
    expect(writing.signal.aborted).toBe(true)
    await expect(readTail(ana, replyId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ana.chat.send(message('More', threadId))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await ana.chat.restore({ id: threadId })
    expect((await readTail(ana, replyId)).end?.reply).toMatchObject({ status: 'interrupted', text: 'So far' })
  })

  it('is stopped by the process that writes it when another deletes its conversation', async () => {
    const other = await openChat({ db })
    const elsewhere = other.as(user)
    const kept = await begin()
    await elsewhere.chat.delete({ id: kept.threadId })
    await expect.poll(() => kept.writing.signal.aborted).toBe(true)

    const threadId = v7()
    await ana.chat.create({ id: threadId, temporary: true })
    await ana.chat.send(message('For now', threadId))
    await elsewhere.chat.delete({ id: threadId })
    expect(await db.prisma.thread.count({ where: { id: threadId } })).toBe(0)
    await other.close()
  })

  it('tells exactly what was put before the model', async () => {
    const { replyId, writing } = await begin('What is for dinner?')
    writing.end()
    await readTail(ana, replyId)
    const context = await ana.chat.context({ replyId })
    expect(context).toMatchObject({ replyId, model: 'scripted', omitted: 0, recalled: [] })
    expect(context.turns).toEqual(writing.prompt.turns)
    expect(context.turns.at(-1)).toEqual({ role: 'user', text: 'What is for dinner?' })
  })
})

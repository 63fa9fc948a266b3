import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { scriptedChat } from '../chat/scripted-chat.ts'
import { createUser, message, openChat, readTail } from '../chat/world.ts'

const world = scriptedChat()

async function begin(text = 'Tell me a story') {
  const input = message(text)
  await world.ana.chat.send(input)
  return { ...input, writing: await world.model.next() }
}

describe('chat.tail', () => {
  it('follows a reply to its end, each character once', async () => {
    const { replyId, writing } = await begin()
    const reading = readTail(world.ana, replyId)
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
    await readTail(world.ana, replyId)
    const { events } = await readTail(world.ana, replyId)
    expect(events.map(({ type, offset }) => [type, offset])).toEqual([
      ['delta', 9],
      ['end', 9],
    ])
  })

  it('takes up a broken stream where it broke', async () => {
    const { replyId, writing } = await begin()
    writing.say('One ')
    const seen = await readTail(world.ana, replyId, { enough: ({ text }) => text === 'One ' })
    writing.say('two')
    writing.end()
    await readTail(world.ana, replyId, { seen })
    expect(seen.text).toBe('One two')
    const shown = seen.events.filter((event) => event.type === 'delta').map((event) => event.text)
    expect(shown.join('')).toBe('One two')
  })

  it('starts nothing, however often it is opened', async () => {
    const { replyId, writing } = await begin()
    const readers = Array.from({ length: 5 }, () => readTail(world.ana, replyId))
    writing.say('Once')
    writing.end()
    for (const { text } of await Promise.all(readers)) expect(text).toBe('Once')
    expect(world.model.calls).toBe(1)
  })

  it('ends at once when its request does, and leaves the generation alone', async () => {
    const user = await createUser(world.db)
    const leaving = new AbortController()
    const input = message('Hello')
    await world.chat.as(user).chat.send(input)
    const writing = await world.model.next()
    const reading = readTail(world.chat.as(user, leaving.signal), input.replyId)
    leaving.abort()
    expect((await reading).end).toBeNull()
    writing.say('Still here')
    writing.end()
    expect((await readTail(world.chat.as(user), input.replyId)).text).toBe('Still here')
  })

  it('refuses the id of a message, of nothing, and a malformed position', async () => {
    const { messageId, threadId, replyId } = await begin()
    await expect(readTail(world.ana, messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readTail(world.ana, threadId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.ana.chat.tail({ replyId, lastEventId: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('a reply', () => {
  it('is stopped with what came kept, and continued from there in the same place', async () => {
    const { replyId, writing, threadId } = await begin()
    writing.say('Half of')
    const seen = await readTail(world.ana, replyId, { enough: ({ text }) => text === 'Half of' })
    expect(await world.ana.chat.stop({ replyId })).toMatchObject({
      status: 'interrupted',
      text: 'Half of',
      failure: null,
    })
    expect(writing.signal.aborted).toBe(true)
    expect(await world.ana.chat.continue({ replyId })).toMatchObject({
      id: replyId,
      status: 'streaming',
      text: 'Half of',
    })
    const more = await world.model.next()
    expect(more.prompt.partial).toBe('Half of')
    expect(more.prompt.turns).toEqual(writing.prompt.turns)
    more.say(' it')
    more.end()
    await readTail(world.ana, replyId, { seen })
    expect(seen.end?.reply).toMatchObject({ status: 'complete', text: 'Half of it' })
    expect((await world.ana.chat.thread({ id: threadId })).messages).toHaveLength(2)
  })

  it('is continued once, however often that is asked', async () => {
    const { replyId } = await begin()
    await world.ana.chat.stop({ replyId })
    await Promise.all([
      world.ana.chat.continue({ replyId }),
      world.ana.chat.continue({ replyId }),
      world.ana.chat.continue({ replyId }),
    ])
    await world.model.next()
    expect(world.model.calls).toBe(2)
  })

  it('is answered anew beside the first answer, once however often that is asked', async () => {
    const { replyId, writing, threadId, messageId } = await begin()
    writing.say('First')
    writing.end()
    await readTail(world.ana, replyId)
    const again = { replyId, newReplyId: message('').replyId }
    const [one, two] = await Promise.all([world.ana.chat.regenerate(again), world.ana.chat.regenerate(again)])
    expect(one.reply).toMatchObject({ id: again.newReplyId, parentId: messageId, status: 'streaming' })
    expect(two.reply.id).toBe(one.reply.id)
    const second = await world.model.next()
    expect(second.prompt.turns).toEqual(writing.prompt.turns)
    second.say('Second')
    second.end()
    await readTail(world.ana, again.newReplyId)
    const { messages } = await world.ana.chat.thread({ id: threadId })
    expect(messages.map(({ text }) => text)).toEqual(['Tell me a story', 'First', 'Second'])
    expect(world.model.calls).toBe(2)
  })

  it('that fails says why, keeps what came, and can be retried', async () => {
    const { replyId, writing } = await begin()
    writing.say('Up to here')
    writing.fail(new Error('a bug'))
    const { end } = await readTail(world.ana, replyId)
    expect(end?.reply).toMatchObject({ status: 'interrupted', text: 'Up to here' })
    expect(end?.reply.failure).toBe('Something went wrong while answering: retry.')
  })

  it('of a conversation that is deleted meanwhile ends, and can be read again once that is restored', async () => {
    const { replyId, writing, threadId } = await begin()
    writing.say('So far')
    await readTail(world.ana, replyId, { enough: ({ text }) => text === 'So far' })
    await world.ana.chat.delete({ id: threadId })
    expect(writing.signal.aborted).toBe(true)
    await expect(readTail(world.ana, replyId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.ana.chat.send(message('More', threadId))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await world.ana.chat.restore({ id: threadId })
    expect((await readTail(world.ana, replyId)).end?.reply).toMatchObject({ status: 'interrupted', text: 'So far' })
  })

  it('is stopped by the process that writes it when another deletes its conversation', async () => {
    const other = await openChat({ db: world.db })
    const elsewhere = other.as(world.user)
    const kept = await begin()
    await elsewhere.chat.delete({ id: kept.threadId })
    await expect.poll(() => kept.writing.signal.aborted).toBe(true)

    const threadId = v7()
    await world.ana.chat.create({ id: threadId, temporary: true })
    await world.ana.chat.send(message('For now', threadId))
    await elsewhere.chat.delete({ id: threadId })
    expect(await world.db.prisma.thread.count({ where: { id: threadId } })).toBe(0)
    await other.close()
  })

  it('shows an answer that it recalled as that reads', async () => {
    const before = await begin('How do I cross the river?')
    before.writing.say('- Take **the ferry** to [Cacilhas](https://example.org)')
    before.writing.end()
    await readTail(world.ana, before.replyId)
    const { replyId, writing } = await begin('The ferry to Cacilhas?')
    writing.end()
    const { end } = await readTail(world.ana, replyId)
    expect(end?.reply.recalled.map(({ text }) => text)).toContain('Take the ferry to Cacilhas')
  })

  it('tells exactly what was put before the model', async () => {
    const { replyId, writing } = await begin('What is for dinner?')
    writing.end()
    await readTail(world.ana, replyId)
    const context = await world.ana.chat.context({ replyId })
    expect(context).toMatchObject({ replyId, model: 'scripted', omitted: 0, recalled: [] })
    expect(context.turns).toEqual(writing.prompt.turns)
    expect(context.turns.at(-1)).toEqual({ role: 'user', text: 'What is for dinner?' })
  })
})

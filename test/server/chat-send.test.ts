import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { scriptedChat } from '../chat/scripted-chat.ts'
import { type Caller, createUser, message, readTail } from '../chat/world.ts'

const world = scriptedChat()

/** Sends and lets the model answer with the given pieces. */
async function converse(caller: Caller, input: ReturnType<typeof message>, ...pieces: string[]) {
  const sent = await caller.chat.send(input)
  const writing = await world.model.next()
  for (const piece of pieces) writing.say(piece)
  writing.end()
  return { sent, writing, seen: await readTail(caller, input.replyId) }
}

describe('chat.send', () => {
  it('answers once the message and an empty reply are stored, before the model says anything', async () => {
    const input = message('Where did I park?')
    const { message: stored, reply } = await world.ana.chat.send(input)
    expect(stored).toMatchObject({ id: input.messageId, text: 'Where did I park?', author: 'user', status: 'complete' })
    expect(reply).toMatchObject({ id: input.replyId, parentId: input.messageId, text: '', status: 'streaming' })
    expect(reply.model).toBe('scripted')
  })

  it('makes the thread if it is new, and names it after the first sentence', async () => {
    const input = message('**Plan** the trip to Porto. We leave on Friday.')
    await world.ana.chat.send(input)
    const { thread, messages } = await world.ana.chat.thread({ id: input.threadId })
    expect(thread.title).toBe('Plan the trip to Porto')
    expect(messages.map(({ author }) => author)).toEqual(['user', 'assistant'])
  })

  it('makes a new thread what it is asked to be, tells what became of it, and changes none that is there', async () => {
    const first = message('For this moment only.')
    const { thread } = await world.ana.chat.send({ ...first, newThread: { temporary: true, model: 'other' } })
    const opened = await world.ana.chat.thread({ id: first.threadId })
    expect(thread).toEqual(opened.thread)
    expect(thread).toMatchObject({ temporary: true, model: 'other', title: 'For this moment only' })
    const next = { ...message('Still here.', first.threadId), newThread: { temporary: false } }
    expect(await world.ana.chat.send(next)).not.toHaveProperty('thread')
    expect((await world.ana.chat.thread({ id: first.threadId })).thread).toMatchObject({
      temporary: true,
      model: 'other',
    })
  })

  it('tells what it remembers of a message in the very answer', async () => {
    const sent = await world.ana.chat.send(message('Remember that my bike is red.'))
    expect(sent.message.remembered).toMatchObject([{ text: expect.stringContaining('bike is red') }])
  })

  it('stores once what is sent twice, one after the other and at the same time, and answers it once', async () => {
    const input = message('Only once, please.')
    const answers = await Promise.all([
      world.ana.chat.send(input),
      world.ana.chat.send(input),
      world.ana.chat.send(input),
    ])
    answers.push(await world.ana.chat.send(input))
    expect(new Set(answers.map(({ message: { id, createdAt } }) => id + createdAt)).size).toBe(1)
    const { messages } = await world.ana.chat.thread({ id: input.threadId })
    expect(messages).toHaveLength(2)
    await world.model.next()
    expect(world.model.calls).toBe(1)
  })

  it('keeps the order of messages that are sent at the same time', async () => {
    const { threadId } = message('')
    const inputs = Array.from({ length: 5 }, (_, index) => message(`Number ${index}`, threadId))
    await Promise.all(inputs.map((input) => world.ana.chat.send(input)))
    const { messages } = await world.ana.chat.thread({ id: threadId })
    expect(messages.map(({ author }) => author)).toEqual(Array(5).fill(['user', 'assistant']).flat())
    for (const [index, each] of messages.entries()) expect(each.parentId).toBe(messages[index - 1]?.id ?? null)
  })

  it('brings its thread to the top of the list; sent again, it does not', async () => {
    const [older, newer] = [message('The older one'), message('The newer one')]
    const top = async () => (await world.ana.chat.threads({ limit: 1 })).threads[0]?.id
    await world.ana.chat.send(older)
    await world.ana.chat.send(newer)
    expect(await top()).toBe(newer.threadId)
    const more = message('More of the older one', older.threadId)
    await world.ana.chat.send(more)
    expect(await top()).toBe(older.threadId)
    await world.ana.chat.send(message('More of the newer one', newer.threadId))
    await world.ana.chat.send(more)
    expect(await top()).toBe(newer.threadId)
  })

  it('refuses a known id with another text, another thread or another reply as a conflict', async () => {
    const input = message('The first text')
    await world.ana.chat.send(input)
    const conflict = { code: 'CONFLICT' }
    await expect(world.ana.chat.send({ ...input, text: 'Another text' })).rejects.toMatchObject(conflict)
    await expect(world.ana.chat.send({ ...input, threadId: v7() })).rejects.toMatchObject(conflict)
    await expect(world.ana.chat.send({ ...input, replyId: v7() })).rejects.toMatchObject(conflict)
    await expect(world.ana.chat.send({ ...input, messageId: v7() })).rejects.toMatchObject(conflict)
    expect((await world.ana.chat.thread({ id: input.threadId })).messages).toHaveLength(2)
  })

  it.each([
    ['one character', 'x'],
    ['100,000 characters', 'word '.repeat(20_000).slice(0, 99_999).concat('.')],
    ['emoji', '👩‍👩‍👧‍👦 🇵🇹 🫠'],
    ['right-to-left text', 'שלום עולם، مرحبا بالعالم'],
  ])('keeps %s to the letter', async (_, text) => {
    const { seen, sent } = await converse(world.ana, message(text), text)
    expect(sent.message.text).toBe(text)
    expect(seen.end?.reply).toMatchObject({ text, status: 'complete' })
  })

  it('keeps a message with NUL and half a character, with U+FFFD in their place', async () => {
    const { message: stored } = await world.ana.chat.send(message('a\0b\ud83dc'))
    expect(stored.text).toBe('a\uFFFDb\uFFFDc')
  })

  it('keeps a reply with NUL, and characters that come in halves', async () => {
    const { seen } = await converse(world.ana, message('Go on'), 'a\0b', '\ud83d', '\ude00', ' done', '\ud83d')
    expect(seen.end?.reply.text).toBe('a\uFFFDb😀 done')
  })

  it('refuses an empty message, one that is too long, and malformed ids with a sentence for each', async () => {
    for (const wrong of [
      { ...message('  \n ') },
      { ...message('x'.repeat(100_001)) },
      { ...message('x'), threadId: 'nope' },
      { ...message('x'), messageId: '../1' },
      { ...message('x'), replyId: '' },
    ]) {
      await expect(world.ana.chat.send(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    }
  })

  it('puts an edited message beside the first one', async () => {
    const first = message('What is the capital of Portugal?')
    const { messages } = await converse(world.ana, first, 'Lisbon').then(() =>
      world.ana.chat.thread({ id: first.threadId }),
    )
    const edited = message('What is the capital of Spain?', first.threadId)
    await world.ana.chat.send({ ...edited, parentId: null })
    const { prompt } = await world.model.next()
    expect(prompt.turns.map(({ text }) => text).slice(1)).toEqual(['What is the capital of Spain?'])
    expect(messages[0]?.parentId).toBeNull()
    const all = await world.ana.chat.thread({ id: first.threadId })
    expect(all.messages.filter(({ parentId }) => parentId === null)).toHaveLength(2)
  })
})

describe('edits and new answers that are asked for at the same time', () => {
  it('all become siblings, each once, and each is answered', async () => {
    const first = message('What is the capital of Portugal?')
    await converse(world.ana, first, 'Lisbon')
    const edits = [message('Of Spain?', first.threadId), message('Of France?', first.threadId)]
    const answers = [v7(), v7(), v7()]
    const twice = <Input>(inputs: Input[]) => [...inputs, ...inputs]
    await Promise.all([
      ...twice(edits).map((edit) => world.ana.chat.send({ ...edit, parentId: null })),
      ...twice(answers).map((newReplyId) => world.ana.chat.regenerate({ replyId: first.replyId, newReplyId })),
    ])
    for (let index = 0; index < 5; index += 1) {
      const writing = await world.model.next()
      writing.say(`To ${writing.prompt.turns.at(-1)?.text}`)
      writing.end()
    }
    const replies = [...answers, ...edits.map(({ replyId }) => replyId)]
    for (const replyId of replies) expect((await readTail(world.ana, replyId)).end?.reply.status).toBe('complete')
    const { messages } = await world.ana.chat.thread({ id: first.threadId })
    expect(messages).toHaveLength(9)
    expect(new Set(messages.map(({ createdAt }) => createdAt)).size).toBe(9)
    const answering = (parentId: string | null) => messages.filter((each) => each.parentId === parentId)
    expect(answering(null)).toHaveLength(3)
    expect(answering(first.messageId).map(({ text }) => text)).toEqual(['Lisbon', ...Array(3).fill(`To ${first.text}`)])
    for (const { messageId, text } of edits)
      expect(answering(messageId).map((each) => each.text)).toEqual([`To ${text}`])
    expect(world.model.calls).toBe(6)
  })
})

describe('another person', () => {
  it('finds nothing of it by any procedure', async () => {
    const input = message('My secret')
    await converse(world.ana, input, 'Kept')
    const bob = world.chat.as(await createUser(world.db))
    const { threadId: id, replyId, messageId } = input
    const absent = { code: 'NOT_FOUND' }
    const attempts = [
      () => bob.chat.thread({ id }),
      () => bob.chat.create({ id }),
      () => bob.chat.send(message('Let me in', id)),
      () => bob.chat.send({ ...message('Let me follow'), parentId: messageId }),
      () => bob.chat.regenerate({ replyId, newReplyId: v7() }),
      () => bob.chat.continue({ replyId }),
      () => bob.chat.stop({ replyId }),
      () => bob.chat.context({ replyId }),
      () => readTail(bob, replyId),
      () => bob.chat.rename({ id, title: 'Mine' }),
      () => bob.chat.pin({ id, pinned: true }),
      () => bob.chat.archive({ id, archived: true }),
      () => bob.chat.remember({ id, remember: false }),
      () => bob.chat.delete({ id }),
      () => bob.chat.restore({ id }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(absent)
    expect((await bob.chat.threads({})).threads).toEqual([])
    expect((await world.ana.chat.thread({ id })).messages).toHaveLength(2)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createModels } from '#server/model/models.ts'
import { systemClock } from '#shared/clock.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'
import { Gate } from '../gate.ts'
import { type ModelServer, type Script, saying, startModelServer } from '../model-server.ts'

let db: Database
let server: ModelServer
let chat: Awaited<ReturnType<typeof openChat>>
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  server = await startModelServer()
  await connect(server.url)
  return async () => {
    await chat.close()
    await server.close()
  }
})

async function connect(baseUrl: string, clock = systemClock) {
  await chat?.close()
  const settings = {
    provider: 'openai-compatible' as const,
    names: ['small-model', 'large-model'],
    baseUrl,
    apiKey: 'sk-secret',
  }
  chat = await openChat({ db, model: createModels(settings, clock, `${baseUrl.slice(0, -3)}/ollama`) })
  ana = chat.as(await createUser(db))
}

async function ask(script: Script, text = 'What is new?') {
  server.script = script
  const input = message(text)
  await ana.chat.send(input)
  const { end } = await readTail(ana, input.replyId)
  return { ...input, reply: end?.reply }
}

describe('a model behind an OpenAI-compatible server', () => {
  it('answers through the same path as everything else, with the key in the header', async () => {
    const { reply } = await ask(saying('Not ', 'much', '.'))
    expect(reply).toMatchObject({ text: 'Not much.', status: 'complete', failure: null, model: 'small-model' })
    expect(server.asked).toMatchObject([{ authorization: 'Bearer sk-secret', model: 'small-model' }])
  })

  it('reads instructions, then the conversation, and nothing of another branch', async () => {
    const first = await ask(saying('Hello, Ana.'), 'I am Ana.')
    server.script = saying('Ana.')
    const second = message('Who am I?', first.threadId)
    await ana.chat.send(second)
    await readTail(ana, second.replyId)
    const { messages = [] } = server.asked.at(-1) ?? {}
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(messages.slice(1).map(({ content }) => content)).toEqual(['I am Ana.', 'Hello, Ana.', 'Who am I?'])
    expect(messages[0]?.content).toContain('You are Moneta')
  })

  it('is given the end of a conversation that is longer than it can read', async () => {
    const { threadId } = await ask(saying('Long. '.repeat(6_000)), 'First')
    server.script = saying('Short.')
    const next = message('And now?', threadId)
    await ana.chat.send(next)
    await readTail(ana, next.replyId)
    const { messages = [] } = server.asked.at(-1) ?? {}
    expect(messages.slice(1).map(({ content }) => content)).toEqual(['And now?'])
    expect((await ana.chat.context({ replyId: next.replyId })).omitted).toBe(2)
  })

  it('shows its first words while it is still writing', async () => {
    const shown = new Gate()
    server.script = async (answer) => {
      answer.chunk('First')
      await shown.passed
      answer.chunk(' and last')
      answer.stop()
    }
    const input = message('Go')
    await ana.chat.send(input)
    const seen = await readTail(ana, input.replyId, { enough: ({ text }) => text === 'First' })
    shown.open()
    await readTail(ana, input.replyId, { seen })
    expect(seen.text).toBe('First and last')
  })

  it('is hung up on when the person stops it', async () => {
    let hungUp: Promise<void> | undefined
    server.script = async (answer) => {
      hungUp = answer.hungUp
      answer.chunk('On and on')
      await answer.hungUp
    }
    const input = message('Go')
    await ana.chat.send(input)
    await readTail(ana, input.replyId, { enough: ({ text }) => text !== '' })
    expect(await ana.chat.stop({ replyId: input.replyId })).toMatchObject({ status: 'interrupted', text: 'On and on' })
    await hungUp
  })
})

const partly =
  (then: Script): Script =>
  async (answer, asked) => {
    answer.chunk('Half an')
    await then(answer, asked)
  }

describe('a failure of the model', () => {
  it.each<[string, Script, { status: string; text: string; failure: RegExp }]>([
    ['401', (a) => a.status(401), { status: 'failed', text: '', failure: /refused the key: check MODEL_API_KEY/ }],
    ['404', (a) => a.status(404), { status: 'failed', text: '', failure: /does not know small-model/ }],
    ['429', (a) => a.status(429), { status: 'failed', text: '', failure: /busy.*wait a little, then retry/ }],
    ['500', (a) => a.status(500), { status: 'failed', text: '', failure: /failed \(500\): retry/ }],
    ['400', (a) => a.status(400), { status: 'failed', text: '', failure: /refused the request \(400\)/ }],
    [
      'a context that is too long',
      (a) => a.status(400, { error: { message: 'maximum context length is 4096 tokens', type: 'invalid' } }),
      { status: 'failed', text: '', failure: /more than the model can read/ },
    ],
    [
      'an HTML page instead of an answer',
      (a) => a.status(200, '<html>log in</html>'),
      { status: 'failed', text: '', failure: /retry/ },
    ],
    ['an empty reply', (a) => a.stop(), { status: 'failed', text: '', failure: /answered nothing/ }],
    ['no reply at all', () => {}, { status: 'failed', text: '', failure: /cut off/ }],
    [
      'a malformed chunk',
      partly((a) => a.write('data: {"choices": [oops\n\n')),
      { status: 'interrupted', text: 'Half an', failure: /cannot be read/ },
    ],
    [
      'a cut connection',
      partly((a) => a.cut()),
      { status: 'interrupted', text: 'Half an', failure: /broke off|cut off/ },
    ],
    ['an end without an end', partly(() => {}), { status: 'interrupted', text: 'Half an', failure: /cut off/ }],
    [
      'an error in the stream',
      partly((a) => a.event({ error: { message: 'overloaded', type: 'server_error' } })),
      { status: 'interrupted', text: 'Half an', failure: /retry/ },
    ],
    [
      'a length limit',
      partly((a) => a.stop('length')),
      { status: 'interrupted', text: 'Half an', failure: /reached the length.*continue/ },
    ],
    [
      'a tool call',
      (a) => {
        const call = { index: 0, id: 'call', type: 'function', function: { name: 'look_up', arguments: '{}' } }
        a.event({ choices: [{ index: 0, delta: { role: 'assistant', tool_calls: [call] }, finish_reason: null }] })
        a.stop('tool_calls')
      },
      { status: 'failed', text: '', failure: /asked for a tool/ },
    ],
  ])('%s: is told plainly, what was said stays, and a retry answers', async (_, script, { failure, ...expected }) => {
    const { reply, messageId, threadId } = await ask(script, 'My own words')
    expect(reply).toMatchObject(expected)
    expect(reply?.failure).toMatch(failure)
    expect(reply?.failure).not.toContain('sk-secret')
    const { messages } = await ana.chat.thread({ id: threadId })
    expect(messages.find(({ id }) => id === messageId)?.text).toBe('My own words')

    server.script = saying('Better now.')
    const newReplyId = message('').replyId
    await ana.chat.regenerate({ replyId: reply?.id ?? '', newReplyId })
    expect((await readTail(ana, newReplyId)).end?.reply).toMatchObject({ text: 'Better now.', status: 'complete' })
  })

  it('a server that is not there: is told plainly', async () => {
    await server.close()
    const { reply } = await ask(saying(''))
    expect(reply?.failure).toMatch(/cannot be reached: check that it runs/)
    server = await startModelServer()
  })

  it('a silence of a minute in mid-answer: ends it with what came', async () => {
    const clock = new FakeClock()
    await connect(server.url, clock)
    server.script = partly((a) => a.hungUp)
    const input = message('Go')
    await ana.chat.send(input)
    const seen = await readTail(ana, input.replyId, { enough: ({ text }) => text !== '' })
    clock.advance(59_000)
    clock.advance(1_000)
    await readTail(ana, input.replyId, { seen })
    expect(seen.end?.reply).toMatchObject({ status: 'interrupted', text: 'Half an' })
    expect(seen.end?.reply.failure).toMatch(/stopped answering/)
  })

  it('a reply cut off goes on from there when asked to, with what it said before the model', async () => {
    const { reply } = await ask(partly(() => {}))
    server.script = saying(' answer.')
    await ana.chat.continue({ replyId: reply?.id ?? '' })
    expect((await readTail(ana, reply?.id ?? '')).end?.reply).toMatchObject({
      text: 'Half an answer.',
      status: 'complete',
    })
    const { messages = [] } = server.asked.at(-1) ?? {}
    expect(messages.at(-2)).toEqual({ role: 'assistant', content: 'Half an' })
    expect(messages.at(-1)?.content).toMatch(/Continue it exactly where it stopped/)
  })
})

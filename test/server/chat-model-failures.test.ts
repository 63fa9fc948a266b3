import { describe, expect, it } from 'vitest'
import { API_KEY, modelChat } from '../chat/model-chat.ts'
import { message, readTail } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'
import { Gate } from '../gate.ts'
import { type Script, saying, startModelServer } from '../model-server.ts'

const world = modelChat()

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
    [
      '429 that says for how long',
      (a) => a.status(429, undefined, { 'retry-after': '20' }),
      { status: 'failed', text: '', failure: /wait 20 seconds, then retry/ },
    ],
    [
      '429 for longer',
      (a) => a.status(429, undefined, { 'retry-after': '600' }),
      { status: 'failed', text: '', failure: /wait 10 minutes, then retry/ },
    ],
    [
      '429 until a date',
      (a) => a.status(429, undefined, { 'retry-after': 'Sat, 28 Nov 2026 12:00:00 GMT' }),
      { status: 'failed', text: '', failure: /wait a little, then retry/ },
    ],
    ['a refusal that is a page', (a) => a.html(502), { status: 'failed', text: '', failure: /failed \(502\): retry/ }],
    ['500', (a) => a.status(500), { status: 'failed', text: '', failure: /failed \(500\): retry/ }],
    ['400', (a) => a.status(400), { status: 'failed', text: '', failure: /refused the request \(400\)/ }],
    [
      'a context that is too long',
      (a) => a.status(400, { error: { message: 'maximum context length is 4096 tokens', type: 'invalid' } }),
      { status: 'failed', text: '', failure: /more than the model can read/ },
    ],
    [
      'an HTML page instead of an answer',
      (a) => a.html(200),
      { status: 'failed', text: '', failure: /cannot be read: check MODEL_BASE_URL/ },
    ],
    ['an empty reply', (a) => a.stop(), { status: 'failed', text: '', failure: /answered nothing/ }],
    ['no reply at all', () => {}, { status: 'failed', text: '', failure: /cut off/ }],
    [
      'an answer of another kind',
      (a) => a.status(200, { choices: [{ message: { role: 'assistant', content: 'All at once' } }] }),
      { status: 'failed', text: '', failure: /retry/ },
    ],
    [
      'thoughts and no answer',
      (a) => {
        a.think('Hm. ')
        a.stop()
      },
      { status: 'failed', text: '', failure: /answered nothing/ },
    ],
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
    const { reply, messageId, threadId } = await world.ask(script, 'My own words')
    expect(reply).toMatchObject(expected)
    expect(reply?.failure).toMatch(failure)
    expect(reply?.failure).not.toContain(API_KEY)
    const { messages } = await world.ana.chat.thread({ id: threadId })
    expect(messages.find(({ id }) => id === messageId)?.text).toBe('My own words')

    world.server.script = saying('Better now.')
    const newReplyId = message('').replyId
    await world.ana.chat.regenerate({ replyId: reply?.id ?? '', newReplyId })
    expect((await readTail(world.ana, newReplyId)).end?.reply).toMatchObject({
      text: 'Better now.',
      status: 'complete',
    })
  })

  it('a server that is not there: is told plainly', async () => {
    await world.server.close()
    const { reply } = await world.ask(saying(''))
    expect(reply?.failure).toMatch(/cannot be reached: check that it runs/)
    world.server = await startModelServer()
  })

  it.each([
    ['a name that nobody has', 'http://model.invalid/v1', /cannot be reached: check that it runs/],
    ['a server that speaks no TLS', 'https', /cannot be reached securely: check its certificate/],
  ])('%s: is told plainly', async (_, url, failure) => {
    await world.reopen({ baseUrl: url === 'https' ? world.server.url.replace('http:', 'https:') : url })
    const { reply } = await world.ask(saying(''))
    expect(reply).toMatchObject({ status: 'failed', failure: expect.stringMatching(failure) })
  })

  it('a model that never says a word: is given up after three minutes', async () => {
    const clock = new FakeClock()
    await world.reopen({ clock })
    const asked = new Gate()
    world.server.script = async (answer) => {
      asked.open()
      await answer.hungUp
    }
    const input = message('Go')
    await world.ana.chat.send(input)
    await asked.passed
    clock.advance(180_000)
    expect((await readTail(world.ana, input.replyId)).end?.reply).toMatchObject({
      status: 'failed',
      failure: expect.stringMatching(/stopped answering/),
    })
  })

  it('a silence of a minute in mid-answer: ends it with what came', async () => {
    const clock = new FakeClock()
    await world.reopen({ clock })
    world.server.script = partly((a) => a.hungUp)
    const input = message('Go')
    await world.ana.chat.send(input)
    const seen = await readTail(world.ana, input.replyId, { enough: ({ text }) => text !== '' })
    clock.advance(59_000)
    clock.advance(1_000)
    await readTail(world.ana, input.replyId, { seen })
    expect(seen.end?.reply).toMatchObject({ status: 'interrupted', text: 'Half an' })
    expect(seen.end?.reply.failure).toMatch(/stopped answering/)
  })

  it('a reply cut off goes on from there when asked to, with what it said before the model', async () => {
    const { reply } = await world.ask(partly(() => {}))
    world.server.script = saying(' answer.')
    await world.ana.chat.continue({ replyId: reply?.id ?? '' })
    expect((await readTail(world.ana, reply?.id ?? '')).end?.reply).toMatchObject({
      text: 'Half an answer.',
      status: 'complete',
    })
    const { messages = [] } = world.server.asked.at(-1) ?? {}
    expect(messages.at(-2)).toEqual({ role: 'assistant', content: 'Half an' })
    expect(messages.at(-1)?.content).toMatch(/Continue it exactly where it stopped/)
  })

  it('a reply that was whole when its end was lost is whole once the model has nothing to add', async () => {
    const { reply } = await world.ask(partly(() => {}))
    world.server.script = (answer) => answer.stop()
    await world.ana.chat.continue({ replyId: reply?.id ?? '' })
    expect((await readTail(world.ana, reply?.id ?? '')).end?.reply).toMatchObject({
      text: 'Half an',
      status: 'complete',
      failure: null,
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { API_KEY, openModelChat } from '../chat/model-chat.ts'
import { message } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'
import { startServer } from '../harness.ts'
import { type ModelServer, type Script, startModelServer } from '../model-server.ts'

let db: Awaited<ReturnType<typeof openTestDatabase>>
let server: ModelServer

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  server = await startModelServer()
  return () => server.close()
})

async function ask(provider: 'openai' | 'anthropic', script: Script) {
  const chat = await openModelChat({ db, server, provider })
  const { reply } = await chat.ask(script)
  await chat.close()
  return reply
}

describe('OpenAI', () => {
  const begun: Script = (answer) => {
    answer.event({ type: 'response.created', response: { id: 'r', created_at: 1, model: 'large' } })
    answer.event({ type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'm' } })
    for (const delta of ['Not ', 'much.']) answer.event({ type: 'response.output_text.delta', item_id: 'm', delta })
  }
  const usage = { input_tokens: 3, output_tokens: 2 }

  it('answers, with the key in its header', async () => {
    const reply = await ask('openai', (answer, asked) => {
      begun(answer, asked)
      answer.event({ type: 'response.output_item.done', output_index: 0, item: { type: 'message', id: 'm' } })
      answer.event({ type: 'response.completed', response: { usage } })
    })
    expect(reply).toMatchObject({ text: 'Not much.', status: 'complete', failure: null, model: 'small-model' })
    expect(server.asked).toMatchObject([
      { path: '/v1/responses', authorization: `Bearer ${API_KEY}`, model: 'small-model' },
    ])
  })

  it.each<[string, Script, RegExp]>([
    ['a cut', (answer) => answer.cut(), /broke off|cut off/],
    ['an end without an end', () => {}, /cut off/],
    [
      'a length limit',
      (a) => {
        const incomplete_details = { reason: 'max_output_tokens' }
        a.event({ type: 'response.incomplete', response: { incomplete_details, usage } })
      },
      /reached the length/,
    ],
  ])('%s: keeps what came and says why', async (_, then, failure) => {
    const reply = await ask('openai', async (answer, asked) => {
      begun(answer, asked)
      await then(answer, asked)
    })
    expect(reply).toMatchObject({ text: 'Not much.', status: 'interrupted' })
    expect(reply?.failure).toMatch(failure)
  })
})

describe('Anthropic', () => {
  const begun: Script = (answer) => {
    answer.event({ type: 'message_start', message: { id: 'm', model: 'large', usage: { input_tokens: 3 } } })
    answer.event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })
    for (const text of ['Not ', 'much.'])
      answer.event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })
  }
  const ended = (stop_reason: string): Script => {
    return (answer) => {
      answer.event({ type: 'content_block_stop', index: 0 })
      answer.event({ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 2 } })
      answer.event({ type: 'message_stop' })
    }
  }

  it('answers, with the key in its header and the instructions apart', async () => {
    const reply = await ask('anthropic', (answer, asked) => {
      begun(answer, asked)
      ended('end_turn')(answer, asked)
    })
    expect(reply).toMatchObject({ text: 'Not much.', status: 'complete', failure: null, model: 'small-model' })
    const [asked] = server.asked
    expect(asked).toMatchObject({ path: '/v1/messages', apiKey: API_KEY, model: 'small-model' })
    expect(asked?.messages.map(({ role }) => role)).toEqual(['user'])
  })

  it.each<[string, Script, RegExp]>([
    ['a cut', (answer) => answer.cut(), /broke off|cut off/],
    ['an end without an end', () => {}, /cut off/],
    ['a length limit', ended('max_tokens'), /reached the length/],
    [
      'an error in the stream',
      (a) => a.event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      /retry/,
    ],
  ])('%s: keeps what came and says why', async (_, then, failure) => {
    const reply = await ask('anthropic', async (answer, asked) => {
      begun(answer, asked)
      await then(answer, asked)
    })
    expect(reply).toMatchObject({ text: 'Not much.', status: 'interrupted' })
    expect(reply?.failure).toMatch(failure)
  })
})

it('neither the key nor a word of a message is logged or told when a model’s server quotes them', async () => {
  const words = 'My private words'
  server.script = (answer, { authorization, messages }) =>
    answer.status(401, { error: { message: `bad key ${authorization} for ${JSON.stringify(messages)}`, type: 'auth' } })
  const moneta = await startServer({
    environment: {
      MODEL_PROVIDER: 'openai-compatible',
      MODEL_BASE_URL: server.url,
      MODEL: 'small',
      MODEL_API_KEY: API_KEY,
    },
  })
  const ana = moneta.api(await moneta.signUp('ana@example.org'))
  const input = message(words)
  await ana.chat.send.mutate(input)
  const read = async () => (await ana.chat.thread.query({ id: input.threadId })).messages.at(-1)
  await expect.poll(async () => (await read())?.status, { timeout: 20_000 }).toBe('failed')
  expect((await read())?.failure).toMatch(/refused the key/)
  expect(moneta.logged.length).toBeGreaterThan(0)
  const said = JSON.stringify([
    moneta.logged,
    await ana.session.config.query(),
    await ana.chat.models.query(),
    await read(),
  ])
  expect(said).not.toContain(API_KEY)
  expect(moneta.logged.join()).not.toContain(words)
  await moneta.close()
})

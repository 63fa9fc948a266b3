import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../harness.ts'
import { type ModelServer, startModelServer } from '../model-server.ts'
import type { Person } from '../person.ts'

/** The machine may be busy. */
const PATIENT = { timeout: 20_000 }

let model: ModelServer
let server: TestServer
let ana: Person
let replyId: string

beforeAll(async () => {
  model = await startModelServer(async (answer) => {
    answer.chunk('Half an answer')
    await answer.hungUp
  })
  server = await startServer({
    environment: {
      MODEL_PROVIDER: 'openai-compatible',
      MODEL_BASE_URL: model.url,
      MODEL: 'small',
      STREAM_MAX_SECONDS: '30',
      LOG_LEVEL: 'silent',
    },
  })
  ana = await server.signUp('ana@example.org')
  replyId = v7()
  await server.api(ana).chat.send.mutate({ threadId: v7(), messageId: v7(), replyId, text: 'Go on' })
})
afterAll(async () => {
  const closed = server.deps.chat.close(0)
  await server.clock.step(0)
  await closed
  await server.close()
  await model.close()
})

/** Opens a stream and reads it as it comes. */
async function open(input: unknown, headers: Record<string, string>) {
  const url = `${server.url}/trpc/chat.tail?input=${encodeURIComponent(JSON.stringify(input))}`
  const response = await fetch(url, { headers })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const state = { response, text: '', over: false }
  void (async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) break
      state.text += value
    }
    state.over = true
  })().catch(() => {})
  return state
}

const authorized = async () => ({ authorization: `Bearer ${await ana.token()}` })

test('a stream tells its events with their ids, as tRPC does, and takes up after the last one', async () => {
  const stream = await open({ replyId }, await authorized())
  await expect.poll(() => stream.text, PATIENT).toContain('Half an answer')
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream')
  expect(stream.response.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(stream.text).toMatch(/^event: connected\ndata: \{"reconnectAfterInactivityMs":45000\}\n\n/)
  expect(stream.text).toMatch(/\n\nid: 1\.14\ndata: \{"type":"delta","offset":14,"text":"Half an answer"\}\n\n$/)

  const later = await open({ replyId }, { ...(await authorized()), 'last-event-id': '1.5' })
  await expect.poll(() => later.text, PATIENT).toContain('data: {"type":"delta","offset":14,"text":"an answer"}\n\n')
})

test('a silent stream says that it lives, and ends at its age for the client to take it up again', async () => {
  const stream = await open({ replyId }, await authorized())
  await expect.poll(() => stream.text, PATIENT).toContain('Half an answer')
  await server.clock.step(15_000)
  await expect.poll(() => stream.text, PATIENT).toContain('event: ping\n')
  await server.clock.step(20_000)
  await expect.poll(() => stream.over, PATIENT).toBe(true)
  expect(stream.text).not.toContain('event: return')
})

test('a refusal comes as an event, in the shape of every other error', async () => {
  const nobody = await open({ replyId }, {})
  await expect.poll(() => nobody.over, PATIENT).toBe(true)
  expect(nobody.text).toContain('event: serialized-error\n')
  expect(nobody.text).toContain('"auth":{"reason":"missing"}')

  for (const [input, code] of [
    [{ replyId: 'nope' }, 'BAD_REQUEST'],
    [{ replyId: v7() }, 'NOT_FOUND'],
  ] as const) {
    const stream = await open(input, await authorized())
    await expect.poll(() => stream.over, PATIENT).toBe(true)
    expect(stream.text).toContain(`"code":"${code}"`)
  }
})

test('input that is no JSON is refused, and costs nothing but itself', async () => {
  const response = await fetch(`${server.url}/trpc/chat.tail?input=%7Boops`, { headers: await authorized() })
  expect(await response.text()).toContain('"code":"BAD_REQUEST"')
})

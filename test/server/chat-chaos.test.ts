import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Message } from '#shared/chat.ts'
import { createRandom } from '../chat/random.ts'
import { type Api, connect, followReply, type ServerProcess, signUp, spawnServer } from '../chat/spawn.ts'
import { message } from '../chat/world.ts'
import { createTestDatabase } from '../database/open.ts'
import { type ModelServer, startModelServer } from '../model-server.ts'
import type { Person } from '../person.ts'

// CHAOS_CONVERSATIONS=200 CHAOS_SEED=7 npx vitest run chat-chaos
const CONVERSATIONS = Number(process.env.CHAOS_CONVERSATIONS ?? 24)
const SEED = Number(process.env.CHAOS_SEED ?? 1)
const AT_ONCE = 12
const KILLS = Math.ceil(CONVERSATIONS / 20)
const WORDS = 30

const random = createRandom(SEED)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let model: ModelServer
let server: ServerProcess
let environment: Record<string, string>
let dataDir: string
let person: Person
let api: Api

beforeAll(async () => {
  model = await startModelServer(async (answer, { messages }) => {
    const asked =
      messages.findLast(({ role, content }) => role === 'user' && content.startsWith('chaos '))?.content ?? ''
    const partial = messages.at(-1)?.content === asked ? '' : (messages.at(-2)?.content ?? '')
    for (const word of answerTo(asked)
      .slice(partial.length)
      .split(/(?<= )/)) {
      answer.chunk(word)
      await pause(random() * 40)
    }
    answer.stop()
  })
  dataDir = await mkdtemp(join(tmpdir(), 'moneta-chaos-'))
  environment = {
    DATA_DIR: dataDir,
    ...(inject('testDatabase').home === 'postgres' ? { DATABASE_URL: await createTestDatabase() } : {}),
    PORT: String(await freePort()),
    LOCAL_TOKEN_SECONDS: '2',
    STREAM_MAX_SECONDS: '2',
    MODEL_EXTRACTION: 'off',
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'scripted',
  }
  server = await spawnServer(environment)
  person = await signUp(server.url)
  api = connect(server.url, () => person.token())
}, 120_000)

afterAll(async () => {
  await server?.kill('SIGKILL')
  await model?.close()
  await rm(dataDir, { recursive: true, force: true })
})

function answerTo(question: string): string {
  return Array.from({ length: WORDS }, (_, index) => `${question}:${index}🫠`).join(' ')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** As the page does: again until the server has answered. */
async function untilAnswered<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call()
    } catch {
      await pause(100)
    }
  }
}

/** Says something, reads the answer through cut streams, and continues it until it is whole. */
async function converse(index: number): Promise<{ input: ReturnType<typeof message>; shown: string }> {
  const input = message(`chaos ${index}`)
  const ask = () => api.chat.send.mutate(input)
  const times = random() < 0.3 ? 2 : 1
  await untilAnswered(() => Promise.all(Array.from({ length: times }, ask)))
  for (;;) {
    const reply = await readToEnd(input.replyId)
    if (reply.status === 'complete') return { input, shown: reply.text }
    expect(answerTo(input.text).startsWith(reply.text)).toBe(true)
    expect(reply.failure).not.toBeNull()
    if (reply.status === 'interrupted') await untilAnswered(() => api.chat.continue.mutate({ replyId: input.replyId }))
    else throw new Error(`the model never fails, yet: ${reply.failure}`)
  }
}

async function readToEnd(replyId: string): Promise<Message> {
  for (;;) {
    const reading = followReply(api, replyId)
    const cut = pause(300 + random() * 1_500)
    await Promise.race([reading.until(({ end }) => end !== null), cut]).catch(() => pause(100))
    reading.close()
    if (reading.seen.end) return reading.seen.end.reply
  }
}

/** Kills the server and starts another; breaks the database's connections; until told to stop. */
async function wreak(done: () => boolean) {
  for (let kills = 0; kills < KILLS && !done(); kills += 1) {
    await pause(700 + random() * 1_500)
    await breakConnections()
    await pause(300 + random() * 1_000)
    await server.kill('SIGKILL')
    server = await spawnServer(environment)
  }
}

async function breakConnections() {
  if (!environment.DATABASE_URL) return
  const admin = new pg.Client(environment.DATABASE_URL)
  await admin.connect()
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await admin.end()
}

it(`keeps every acknowledged word once, and brings every answer to its end (seed ${SEED})`, async () => {
  let open = 0
  const results: Awaited<ReturnType<typeof converse>>[] = []
  const worker = async () => {
    while (open < CONVERSATIONS) results.push(await converse(open++))
  }
  let finished = false
  const chaos = wreak(() => finished)
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  finished = true
  await chaos

  expect(results).toHaveLength(CONVERSATIONS)
  for (const { input, shown } of results) {
    expect(shown).toBe(answerTo(input.text))
    const { messages } = await untilAnswered(() => api.chat.thread.query({ id: input.threadId }))
    expect(messages.map(({ id, text, status }) => [id, text, status])).toEqual([
      [input.messageId, input.text, 'complete'],
      [input.replyId, answerTo(input.text), 'complete'],
    ])
  }
}, 600_000)

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Message } from '#shared/chat.ts'
import { createRandom } from '../chat/random.ts'
import { type Api, connect, followReply, type ServerProcess, signUp, spawnServer } from '../chat/spawn.ts'
import { openWay, type Way } from '../chat/way.ts'
import { message } from '../chat/world.ts'
import { createTestDatabase } from '../database/open.ts'
import { type ModelServer, startModelServer } from '../model-server.ts'
import type { Person } from '../person.ts'

// CHAOS_CONVERSATIONS=200 CHAOS_SEED=7 npx vitest run chat-chaos
const CONVERSATIONS = Number(process.env.CHAOS_CONVERSATIONS ?? 24)
const SEED = Number(process.env.CHAOS_SEED ?? 1)
const AT_ONCE = 12
const WORDS = 30
/** How long one call may take before it is made again, as the page's outbox does, and all of it together. */
const DEADLINE_MS = 30_000
const TEST_MS = 480_000 + CONVERSATIONS * 3_000

const random = createRandom(SEED)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let model: ModelServer
let server: ServerProcess
let environment: Record<string, string>
let dataDir: string
let person: Person
let api: Api
/** From the browser to the server, and from the server to PostgreSQL. */
let network: Way
let toDatabase: Way
let databaseUrl: string | null = null
/** What the last call ran into, and the last fault. */
let trouble: unknown
let fault = 'none'
const faults: Record<string, number> = {}
let refused = 0

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
  network = await openWay()
  toDatabase = await openWay()
  if (inject('testDatabase').home === 'postgres') databaseUrl = await createTestDatabase()
  environment = {
    DATA_DIR: dataDir,
    ...(databaseUrl ? { DATABASE_URL: through(toDatabase, databaseUrl) } : {}),
    LOCAL_TOKEN_SECONDS: '2',
    STREAM_MAX_SECONDS: '2',
    MODEL_EXTRACTION: 'off',
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'scripted',
  }
  await startServer()
  const url = `http://127.0.0.1:${network.port}`
  person = await signUp(url)
  api = connect(url, tokenOf(person))
}, 120_000)

afterAll(async () => {
  await server?.kill('SIGKILL')
  await Promise.all([network, toDatabase].map((way) => way?.close()))
  await model?.close()
  await rm(dataDir, { recursive: true, force: true })
})

function answerTo(question: string): string {
  return Array.from({ length: WORDS }, (_, index) => `${question}:${index}🫠`).join(' ')
}

/** The address of a database by another way, which leads there from now on. */
function through(way: Way, address: string): string {
  const url = new URL(address)
  way.leadTo(Number(url.port))
  url.hostname = '127.0.0.1'
  url.port = String(way.port)
  return url.href
}

async function startServer() {
  server = await spawnServer(environment)
  network.leadTo(Number(new URL(server.url).port))
}

/** Now and then the first token of all, which soon has run out. */
function tokenOf({ token }: Person): () => Promise<string> {
  const first = token()
  return () => (random() < 0.2 ? first : token())
}

/** As the page does: again until the server has answered. */
async function untilAnswered<Result>(call: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const givenUp = performance.now() + TEST_MS - 60_000
  for (;;) {
    try {
      return await call(AbortSignal.timeout(DEADLINE_MS))
    } catch (error) {
      trouble = error
      if (isRefusal(error)) refused += 1
      if (performance.now() > givenUp) throw error
      await pause(100)
    }
  }
}

function isRefusal(error: unknown): boolean {
  return (error as { data?: { code?: string } }).data?.code === 'UNAUTHORIZED'
}

/** Says something, reads the answer through cut streams, and continues it until it is whole. */
async function converse(index: number): Promise<{ input: ReturnType<typeof message>; shown: string }> {
  const input = message(`chaos ${index}`)
  const times = random() < 0.3 ? 2 : 1
  await untilAnswered((signal) =>
    Promise.all(Array.from({ length: times }, () => api.chat.send.mutate(input, { signal }))),
  )
  for (;;) {
    const reply = await readToEnd(input.replyId)
    if (reply.status === 'complete') return { input, shown: reply.text }
    expect(answerTo(input.text).startsWith(reply.text)).toBe(true)
    expect(reply.failure).not.toBeNull()
    if (reply.status !== 'interrupted') throw new Error(`the model never fails, yet: ${reply.failure}`)
    await untilAnswered((signal) => api.chat.continue.mutate({ replyId: input.replyId }, { signal }))
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

/** What goes wrong, by name. */
const FAULTS: Record<string, () => Promise<void>> = {
  async 'the server is killed'() {
    await server.kill('SIGKILL')
    await startServer()
  },
  async 'the database breaks all connections'() {
    if (!databaseUrl) return
    const admin = new pg.Client(databaseUrl)
    await admin.connect()
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await admin.end()
  },
  /** The embedded database pauses with its process. */
  async 'the database is paused'() {
    if (databaseUrl) toDatabase.hold()
    else server.signal('SIGSTOP')
    await pause(300 + random() * 1_500)
    if (databaseUrl) toDatabase.release()
    else server.signal('SIGCONT')
  },
  async 'the network is cut'() {
    network.cut()
  },
  async 'the network is held up'() {
    network.hold()
    await pause(300 + random() * 1_500)
    network.cut()
    network.release()
  },
}

/** Each kind of fault at least once, then on, in an order that the seed decides, for as long as they are at it. */
async function wreak(done: () => boolean) {
  for (let first = true; first || !done(); first = false) {
    const order = Object.keys(FAULTS)
      .map((name) => ({ name, at: random() }))
      .sort((one, other) => one.at - other.at)
    for (const { name } of order) {
      await pause(300 + random() * 1_500)
      if (!first && done()) return
      fault = name
      faults[name] = (faults[name] ?? 0) + 1
      await FAULTS[name]?.()
    }
  }
}

it(
  `keeps every acknowledged word once, and brings every answer to its end (seed ${SEED})`,
  async () => {
    let open = 0
    const results: Awaited<ReturnType<typeof converse>>[] = []
    const worker = async () => {
      while (open < CONVERSATIONS) results.push(await converse(open++))
    }
    const stuck = setTimeout(() => {
      console.error(`${results.length} of ${open} came to their end. Last fault: ${fault}; last trouble:`, trouble)
    }, TEST_MS - 90_000)
    let finished = false
    const chaos = wreak(() => finished)
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    finished = true
    await chaos
    clearTimeout(stuck)

    expect(results).toHaveLength(CONVERSATIONS)
    expect(Object.keys(faults).sort()).toEqual(Object.keys(FAULTS).sort())
    expect(refused).toBeGreaterThan(0)
    for (const { input, shown } of results) {
      expect(shown).toBe(answerTo(input.text))
      const { messages } = await untilAnswered((signal) => api.chat.thread.query({ id: input.threadId }, { signal }))
      expect(messages.map(({ id, text, status }) => [id, text, status])).toEqual([
        [input.messageId, input.text, 'complete'],
        [input.replyId, answerTo(input.text), 'complete'],
      ])
    }
  },
  TEST_MS,
)

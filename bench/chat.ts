/**
 * What the chat adds to a model and to a bare stream, and how it bears size. The server is a process of its own, on
 * PGlite or on the PostgreSQL of DATABASE_URL; the model is a scripted one in this process that answers at once. Waits
 * are { min, p50, p95 } in milliseconds over HTTP.
 *
 *   npm run bench:chat [-- --json FILE]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import { type Api, connect, followReply, type ServerProcess, signUp, spawnServer } from '../test/chat/spawn.ts'
import { startModelServer } from '../test/model-server.ts'
import { fillChat } from './chat-fill.ts'

const ANSWERS = 40
const TAILS = 200
const WARM = 20
const PAUSE_MS = 50
const FRAMES = 300
const EVERY_MS = 30
const THREADS = 10_000
const MESSAGES = 5_000
const CALLS = 50
const EXPORTS = 5

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const dataDir = await mkdtemp(join(tmpdir(), 'moneta-bench-'))
const model = await startModelServer()
const environment = {
  DATA_DIR: dataDir,
  MODEL_EXTRACTION: 'off',
  MODEL_PROVIDER: 'openai-compatible',
  MODEL_BASE_URL: model.url,
  MODEL: 'scripted',
  LOCAL_TOKEN_SECONDS: '3600',
}

let server = await spawnServer(environment)
const person = await signUp(server.url, `bench-${v7()}@example.org`)
let token = await person.token()
let api = connect(server.url, async () => token)
const { id: userId } = await api.session.me.query()

const figures = {
  database: process.env.DATABASE_URL ? 'postgres' : 'pglite',
  ...(await measureFirstDelta()),
  ...(await measureTails()),
  ...(await measureLists()),
}
console.table(figures)
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)
await server.kill('SIGKILL')
await model.close()
await rm(dataDir, { recursive: true })
process.exit(0)

/**
 * From calling chat.send to having the first words; the same from the model itself, by a call of its own beside each; and
 * what is between them.
 */
async function measureFirstDelta() {
  const waits: { whole: number; model: number }[] = []
  model.script = (answer) => {
    answer.chunk('First words')
    answer.stop()
  }
  for (let index = 0; index < ANSWERS + WARM; index += 1) {
    const input = { threadId: v7(), messageId: v7(), replyId: v7(), text: `What about the garden, part ${index}?` }
    const start = performance.now()
    await api.chat.send.mutate(input)
    const reading = followReply(api, input.replyId)
    await reading.until(({ text }) => text !== '')
    const whole = performance.now() - start
    await reading.until(({ end }) => end !== null)
    reading.close()
    const wait = { whole, model: await firstByteOf(model.url, input.text) }
    if (index >= WARM) waits.push(wait)
    // Nobody writes again at once: what follows a reply is done by then.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return {
    firstDeltaMs: spread(waits.map(({ whole }) => whole)),
    modelFirstByteMs: spread(waits.map(({ model }) => model)),
    addedMs: spread(waits.map(({ whole, model }) => whole - model)),
  }
}

async function firstByteOf(url: string, content: string): Promise<number> {
  const start = performance.now()
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'scripted', stream: true, messages: [{ role: 'user', content }] }),
  })
  if (!response.body) throw new Error('the model answered nothing')
  const reader = response.body.getReader()
  await reader.read()
  const wait = performance.now() - start
  await reader.cancel()
  return wait
}

/** One answer in FRAMES frames, followed by TAILS readers; beside it, the same frames from a bare handler. */
async function measureTails() {
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  model.script = async (answer) => {
    answer.chunk('…')
    await begun
    for (let frame = 0; frame < FRAMES; frame += 1) {
      answer.chunk('ten letter')
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
    answer.stop()
  }
  const input = { threadId: v7(), messageId: v7(), replyId: v7(), text: 'Tell me a long story' }
  await api.chat.send.mutate(input)
  const query = encodeURIComponent(JSON.stringify({ replyId: input.replyId }))
  const moneta = await weigh(server, `${server.url}/trpc/chat.tail?input=${query}`, async () => begin())
  const bareServer = await spawnServer({ FRAMES: `${FRAMES}`, EVERY_MS: `${EVERY_MS}` }, 'bench/bare-sse.ts')
  const bare = await weigh(bareServer, `${bareServer.url}/`, async () => void (await fetch(`${bareServer.url}/begin`)))
  await bareServer.kill('SIGKILL')
  return {
    cpuMicrosPerDeltaPerTail: { moneta: moneta.cpu, bare: bare.cpu, times: moneta.cpu / bare.cpu },
    kilobytesPerTail: { moneta: moneta.kilobytes, bare: bare.kilobytes },
  }
}

async function weigh(process: ServerProcess, url: string, begin: () => Promise<void>) {
  // What the first readers cause to be compiled and cached is no reader's.
  for (const tail of await openTails(url, WARM)) await tail.close()
  const idle = await process.usage()
  const tails = await openTails(url, TAILS)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const open = await process.usage()
  await begin()
  await Promise.all(tails.map(({ over }) => over))
  const done = await process.usage()
  const deltas = tails.reduce((sum, tail) => sum + tail.deltas, 0)
  return { cpu: (done.cpu - open.cpu) / deltas, kilobytes: (open.memory - idle.memory) / 1024 / TAILS }
}

interface Tail {
  deltas: number
  over: Promise<void>
  close(): Promise<void>
}

async function openTails(url: string, count: number): Promise<Tail[]> {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  const tails: Tail[] = []
  for (let reader = 0; reader < count; reader += 1) {
    await new Promise<void>((ready, fail) => {
      const call = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
        if (response.statusCode !== 200) fail(new Error(`the stream answered ${response.statusCode}`))
        const over = new Promise<void>((resolve) => response.on('close', resolve))
        const close = () => {
          response.destroy()
          return over
        }
        const tail = { deltas: 0, over, close }
        response.once('data', () => ready())
        response.on('data', (piece: Buffer) => {
          tail.deltas += piece.toString().split('"delta"').length - 1
        })
        tails.push(tail)
      })
      call.on('error', fail)
      call.end()
    })
  }
  return tails
}

/** The list of THREADS threads, and a thread of MESSAGES messages: opened at its end, and paged upward. */
async function measureLists() {
  const long = v7()
  await server.kill('SIGTERM')
  await fillChat({ dataDir, userId, long, threads: THREADS, messages: MESSAGES })
  server = await spawnServer(environment)
  token = await person.token(server.url)
  api = connect(server.url, async () => token)
  const last = await api.chat.thread.query({ id: long })
  return {
    threadsMs: await timed((each) => each.chat.threads.query({})),
    nextThreadsMs: await timedPages(),
    openMs: await timed((each) => each.chat.thread.query({ id: long })),
    earlierMs: await timed((each) => each.chat.thread.query({ id: long, before: last.earlier })),
    searchMs: await timed((each) => each.chat.search.query({ query: 'garden conversation' })),
    exportMs: await timed((each) => each.chat.export.query({ id: long, format: 'markdown' }), EXPORTS),
  }
}

async function timedPages() {
  const first = await api.chat.threads.query({})
  let cursor = first.next
  return timed(async (each) => {
    cursor = (await each.chat.threads.query({ cursor })).next
  })
}

async function timed(call: (api: Api) => Promise<unknown>, calls = CALLS) {
  const waits: number[] = []
  for (let index = 0; index < calls + 5; index += 1) {
    const start = performance.now()
    await call(api)
    if (index >= 5) waits.push(performance.now() - start)
  }
  return spread(waits)
}

function spread(waits: number[]) {
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1))
  return { min: at(0), p50: at(0.5), p95: at(0.95) }
}

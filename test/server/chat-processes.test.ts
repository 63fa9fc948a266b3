import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, inject, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { connect, followReply, type ServerProcess, signUp, spawnServer } from '../chat/spawn.ts'
import { message } from '../chat/world.ts'
import { createTestDatabase } from '../database/open.ts'
import { Gate } from '../gate.ts'
import { type Asked, type ModelServer, saying, startModelServer } from '../model-server.ts'

const onPostgres = inject('testDatabase').home === 'postgres'

let model: ModelServer
let environment: Record<string, string>
let undo: (() => Promise<unknown>)[]

beforeEach(async () => {
  model = await startModelServer()
  const dataDir = await mkdtemp(join(tmpdir(), 'moneta-chat-'))
  undo = [() => rm(dataDir, { recursive: true }), () => model.close()]
  environment = {
    DATA_DIR: dataDir,
    ...(onPostgres ? { DATABASE_URL: await createTestDatabase() } : {}),
    MODEL_EXTRACTION: 'off',
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'small-model',
  }
  return async () => {
    for (const step of undo.reverse()) await step()
  }
}, 60_000)

async function start(): Promise<ServerProcess> {
  const server = await spawnServer(environment)
  undo.push(() => server.kill('SIGKILL'))
  return server
}

/** On the data of a server that has gone. */
async function onDatabase<Result>(use: (db: Database) => Promise<Result>): Promise<Result> {
  const { DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl = null } = environment
  const db = await openDatabase({ dataDir, databaseUrl, log: createLog('silent') })
  return use(db).finally(() => db.close())
}

/** As if the dead process's leases had run out, which need not be waited for; of the embedded database they never are. */
async function endLeases() {
  if (!onPostgres) return
  await onDatabase(async ({ prisma }) => {
    await prisma.message.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } })
    await prisma.extraction.updateMany({ where: { owner: { not: null } }, data: { dueAt: new Date(0) } })
  })
}

it('keeps what came of an answer when its server is killed, says so, and continues from there', async () => {
  const first = await start()
  const person = await signUp(first.url)
  const killed = new Gate()
  model.script = async (answer) => {
    answer.chunk('The part that 🫠 ')
    await killed.passed
  }
  const input = message('Tell me everything')
  await connect(first.url, () => person.token()).chat.send.mutate(input)
  const reading = followReply(
    connect(first.url, () => person.token()),
    input.replyId,
  )
  await reading.until(({ text }) => text === 'The part that 🫠 ')
  // What is on the screen is saved a quarter of a second later at the latest.
  await new Promise((resolve) => setTimeout(resolve, 400))
  await first.kill('SIGKILL')
  reading.close()
  killed.open()

  await endLeases()
  const second = await start()
  const api = connect(second.url, () => person.token(second.url))
  const { messages } = await api.chat.thread.query({ id: input.threadId })
  expect(messages.map(({ text, status }) => [text, status])).toEqual([
    ['Tell me everything', 'complete'],
    ['The part that 🫠 ', 'interrupted'],
  ])
  expect(messages[1]?.failure).toMatch(/The server stopped while it was answering: continue from here/)

  model.script = saying('was missing.')
  await api.chat.continue.mutate({ replyId: input.replyId })
  const whole = followReply(api, input.replyId)
  await whole.until(({ end }) => end !== null)
  expect(whole.seen.end?.reply).toMatchObject({ text: 'The part that 🫠 was missing.', status: 'complete' })
  whole.close()
}, 240_000)

it('reads what was said for memories, and keeps each once, though a server is killed while the model reads', async () => {
  environment.MODEL_EXTRACTION = 'on'
  const isForm = ({ messages }: Asked) => messages.some(({ content }) => /keep the long-term memory/.test(content))
  const found = '{"memories":[{"text":"I grow figs on the roof","kind":"activity","certain":true}]}'
  const reading = new Gate()
  const killed = new Gate()
  model.script = async (answer, asked) => {
    if (isForm(asked)) {
      reading.open()
      await killed.passed
    }
    saying(isForm(asked) ? found : 'I see.')(answer, asked)
  }
  const first = await start()
  const person = await signUp(first.url)
  await connect(first.url, () => person.token()).chat.send.mutate(message('I grow figs on the roof, you know'))
  await reading.passed
  await first.kill('SIGKILL')
  killed.open()

  await endLeases()
  const second = await start()
  const { memory } = connect(second.url, () => person.token(second.url))
  await expect.poll(() => memory.list.query({}).then(({ memories }) => memories.length)).toBe(1)
  await second.kill('SIGTERM')
  const [memories, readings] = await onDatabase(({ prisma }) =>
    Promise.all([
      prisma.memory.findMany({ select: { text: true, status: true } }),
      prisma.extraction.findMany({ select: { dueAt: true, attempts: true } }),
    ]),
  )
  expect(memories).toEqual([{ text: 'I grow figs on the roof', status: 'kept' }])
  expect(readings).toEqual([{ dueAt: null, attempts: 2 }])
  expect(model.asked.filter(isForm)).toHaveLength(2)
}, 240_000)

it('lets an answer come to its end before a server that is told to stop goes', async () => {
  const first = await start()
  const person = await signUp(first.url)
  const stopping = new Gate()
  const begun = new Gate()
  model.script = async (answer) => {
    answer.chunk('Almost ')
    begun.open()
    await stopping.passed
    answer.chunk('done.')
    answer.stop()
  }
  const input = message('Hurry')
  await connect(first.url, () => person.token()).chat.send.mutate(input)
  await begun.passed
  const gone = first.kill('SIGTERM')
  setTimeout(stopping.open, 200)
  await gone
  const second = await start()
  const { messages } = await connect(second.url, () => person.token(second.url)).chat.thread.query({
    id: input.threadId,
  })
  expect(messages[1]).toMatchObject({ text: 'Almost done.', status: 'complete' })
}, 240_000)

it.runIf(onPostgres)(
  'shows one answer on two servers alike, and stops it from either',
  async () => {
    const [one, two] = await Promise.all([start(), start()])
    const person = await signUp(one.url)
    const apis = [connect(one.url, () => person.token()), connect(two.url, () => person.token(two.url))] as const
    const gates = Array.from({ length: 20 }, () => new Gate())
    model.script = async (answer) => {
      for (const [index, gate] of gates.entries()) {
        await gate.passed
        answer.chunk(`word ${index} `)
      }
      await answer.hungUp
    }
    const input = message('Count')
    await apis[0].chat.send.mutate(input)
    const readers = apis.map((api) => followReply(api, input.replyId))
    let expected = ''
    for (const [index, gate] of gates.entries()) {
      gate.open()
      expected += `word ${index} `
      if (index % 5 === 4) await Promise.all(readers.map((reader) => reader.until(({ text }) => text === expected)))
    }
    expect(await apis[1].chat.stop.mutate({ replyId: input.replyId })).toMatchObject({
      status: 'interrupted',
      text: expected,
      failure: null,
    })
    for (const reader of readers) {
      await reader.until(({ end }) => end !== null)
      const shown = reader.seen.events.map((event) => (event.type === 'delta' ? event.text : ''))
      expect(shown.join('')).toBe(expected)
      reader.close()
    }
    expect(model.asked).toHaveLength(1)
  },
  240_000,
)

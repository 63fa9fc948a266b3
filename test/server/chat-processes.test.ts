import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeEach, expect, inject, it } from 'vitest'
import { connect, followReply, type ServerProcess, signUp, spawnServer } from '../chat/spawn.ts'
import { message } from '../chat/world.ts'
import { createTestDatabase } from '../database/open.ts'
import { Gate } from '../gate.ts'
import { type ModelServer, saying, startModelServer } from '../model-server.ts'

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

/** As if the dead process's lease had run out: its eight seconds need not be waited for. */
async function endLeases() {
  if (!environment.DATABASE_URL) return
  const client = new pg.Client(environment.DATABASE_URL)
  await client.connect()
  await client.query(`update message set lease_until = now() - interval '1 second' where lease_until is not null`)
  await client.end()
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

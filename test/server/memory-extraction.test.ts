import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { LEASE_MS, WAITS_MS } from '#server/memory/extraction/queue.ts'
import { message } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'
import { Gate } from '../gate.ts'
import { startServer, type TestServer } from '../harness.ts'
import { type Answer, type Asked, type ModelServer, startModelServer } from '../model-server.ts'

const PATIENT = { timeout: 60_000 }

let db: Database
let model: ModelServer
let servers: TestServer[]
/** What the model writes into the form for a message; what it replies is always the same. */
let fillIn: (said: string, asked: Asked) => string | Promise<string>

beforeEach(async () => {
  db = await openTestDatabase()
  servers = []
  fillIn = () => '{"memories":[]}'
  model = await startModelServer(async (answer, asked) => {
    if (isForm(asked)) answer.chunk(await fillIn(saidIn(asked), asked))
    else answer.chunk('I see.')
    answer.stop()
  })
  return async () => {
    await model.close()
    for (const server of servers) await server.close()
    await db.close()
  }
}, 60_000)

afterEach(() => expect(forms().every(({ messages }) => messages.length === 2)).toBe(true))

const isForm = ({ messages }: Asked) =>
  messages.some(({ role, content }) => role === 'system' && /keep the long-term memory/.test(content))
/** Time goes on until it is so: what looks again after a while must have been set to by then. */
const later =
  <Result>({ clock }: TestServer, read: () => Promise<Result>) =>
  async () => {
    await clock.step(15_000)
    return read()
  }

const forms = () => model.asked.filter(isForm)
const saidIn = ({ messages }: Asked) => messages.at(-1)?.content.split("The person's last message:\n")[1] ?? ''
const list = (...memories: object[]) => JSON.stringify({ memories })

async function start(clock = new FakeClock()): Promise<TestServer> {
  const environment = { MODEL_PROVIDER: 'openai-compatible', MODEL_BASE_URL: model.url, MODEL: 'small' }
  const server = await startServer({ environment, db, clock })
  servers.push(server)
  return server
}

async function begin() {
  const server = await start()
  const api = server.api(await server.signUp('ada@example.org'))
  const kept = async () => (await api.memory.list.query({})).memories
  return {
    server,
    api,
    kept,
    keptTexts: async () => (await kept()).map(({ text }) => text),
    suggested: async () => (await api.memory.list.query({ status: 'suggested' })).memories.map(({ text }) => text),
    async say(text: string, threadId?: string) {
      const input = message(text, threadId)
      await api.chat.send.mutate(input)
      return input
    },
    async replied({ threadId, replyId }: { threadId: string; replyId: string }) {
      const status = async () =>
        (await api.chat.thread.query({ id: threadId })).messages.find(({ id }) => id === replyId)?.status
      await expect.poll(status, PATIENT).toBe('complete')
    },
    /** All that was queued has been read, or given up. */
    read: () => expect.poll(() => db.prisma.extraction.count({ where: { dueAt: { not: null } } }), PATIENT).toBe(0),
  }
}

test('after an exchange the model’s findings are kept, or suggested where it is not certain, each with its source', async () => {
  const { say, replied, kept, suggested, api } = await begin()
  fillIn = () =>
    list(
      { text: 'I play the cello in a quartet', kind: 'activity', certain: true, people: [], places: [] },
      { text: 'Nadja moved to Graz', kind: 'family', certain: true, people: ['Nadja', 'Otto'], places: ['Graz'] },
      { text: 'I would rather play the viola', kind: 'preference', certain: false },
      { text: 'The cello was invented in Italy by Amati', kind: 'fact', certain: true },
    )
  const said = await say('On Tuesdays I play the cello in a quartet; Nadja moved to Graz, I would rather play viola.')
  await replied(said)
  await expect.poll(async () => (await kept()).length, PATIENT).toBe(2)
  const [graz, cello] = (await kept()).sort((a, b) => (a.text > b.text ? -1 : 1))
  expect(cello).toMatchObject({ origin: 'model', kind: 'activity', source: { messageId: said.messageId } })
  expect(graz?.entities).toEqual([
    { kind: 'person', name: 'Nadja' },
    { kind: 'place', name: 'Graz' },
  ])
  expect(await suggested()).toEqual(['I would rather play the viola'])
  const { messages } = await api.chat.thread.query({ id: said.threadId })
  expect(messages[0]?.remembered).toHaveLength(3)
}, 180_000)

test('a known fact in other words is strengthened, and one that has changed takes the place of the old', async () => {
  const { say, replied, keptTexts, read, api } = await begin()
  const { memory: tea } = await api.memory.add.mutate({ text: 'I drink green tea every morning' })
  const { memory: bike } = await api.memory.add.mutate({ text: 'I cycle to the office on my old bike' })
  const numberOf = (text: string, { messages }: Asked) =>
    Number(new RegExp(`(\\d+)\\. ${text}`).exec(messages.at(-1)?.content ?? '')?.[1])
  fillIn = (_, asked) =>
    list(
      { text: 'I drink green tea', kind: 'habit', certain: true, repeats: null },
      { text: 'I take the tram to the office now', kind: 'habit', certain: true, replaces: numberOf('I cycle', asked) },
    )
  await replied(await say('As I drink green tea I take the tram to the office now, no bike.'))
  await read()
  expect((await keptTexts()).sort()).toEqual(['I drink green tea every morning', 'I take the tram to the office now'])
  expect((await api.memory.get.query({ id: tea.id })).memory.strength).toBeGreaterThan(tea.strength)
  expect((await api.memory.get.query({ id: bike.id })).supersededBy).toMatchObject([
    { text: 'I take the tram to the office now' },
  ])
}, 180_000)

test('a reply waits for no reading, and what a model writes that is no list is asked for again, then given up', async () => {
  const { server, say, replied, keptTexts, read } = await begin()
  const gate = new Gate()
  fillIn = async () => {
    await gate.passed
    return 'Sure! I found nothing I could put into a list.'
  }
  const first = await say('I keep seven hens behind the house')
  await replied(first)
  await expect.poll(() => forms().length, PATIENT).toBe(1)
  const winter = await say('And what do hens eat in winter?', first.threadId)
  await replied(winter)
  expect(forms()).toHaveLength(1)
  gate.open()
  fillIn = (said) =>
    said.includes('seven hens')
      ? 'Here you are:\n```json\n{"memories":[{"text":"I keep seven hens"},{"text":7},{"kind":"x"}]}\n```\nAnything else?'
      : '{"memories": [{"text": "cut o'
  for (const [attempt, wait] of [...WAITS_MS.entries(), [WAITS_MS.length, 0] as const]) {
    const failed = () =>
      db.prisma.extraction.count({ where: { messageId: winter.messageId, attempts: { gt: attempt }, owner: null } })
    await expect.poll(later(server, failed), PATIENT).toBeGreaterThan(0)
    await server.clock.step(wait)
  }
  await read()
  expect(await keptTexts()).toEqual([])
  const tries = forms().map(saidIn)
  expect(tries.filter((said) => said.includes('seven hens'))).toHaveLength(2)
  expect(tries.filter((said) => said.includes('winter'))).toHaveLength(WAITS_MS.length + 1)
  expect(await db.prisma.memory.findMany({ select: { text: true, status: true } })).toEqual([
    { text: 'I keep seven hens', status: 'suggested' },
  ])
}, 180_000)

test('a model server that knows no forms is asked in words alone', async () => {
  const { say, keptTexts } = await begin()
  const answerForm = model.script
  model.script = (answer: Answer, asked) =>
    asked.response_format
      ? answer.status(400, { error: { message: 'response_format is not supported' } })
      : answerForm(answer, asked)
  fillIn = () => list({ text: 'I collect old maps', kind: 'activity', certain: true })
  await say('I collect old maps and put them up on the walls')
  await expect.poll(keptTexts, PATIENT).toEqual(['I collect old maps'])
}, 180_000)

test('a message whose reader died is read by another process, and what the dead one still says is too late', async () => {
  const { server, say, keptTexts } = await begin()
  const dead = new Gate()
  const begun = new Gate()
  fillIn = async () => {
    begun.open()
    await dead.passed
    return list({ text: 'I was read too late in Bergen', certain: true })
  }
  await say('I grow figs on the roof, though I was read too late in Bergen')
  await begun.passed
  fillIn = () => list({ text: 'I grow figs on the roof', certain: true })
  await start(server.clock)
  await server.clock.step(LEASE_MS)
  await expect.poll(later(server, keptTexts), PATIENT).toEqual(['I grow figs on the roof'])
  dead.open()
  await expect.poll(() => server.logged.length + forms().length, PATIENT).toBeGreaterThanOrEqual(2)
  await expect.poll(() => db.prisma.extraction.count({ where: { dueAt: { not: null } } }), PATIENT).toBe(0)
  expect(await keptTexts()).toEqual(['I grow figs on the roof'])
}, 180_000)

test('of several processes one reads each message, once, and a regenerated reply has nothing read again', async () => {
  const { server, say, replied, read, api } = await begin()
  await start(server.clock)
  await start(server.clock)
  fillIn = (said) => list({ text: said, certain: true })
  const all = []
  for (let n = 0; n < 8; n++) all.push(await say(`My locker number ${n} holds ${n} blankets`))
  for (const said of all) await replied(said)
  await read()
  const again = message('')
  const [first] = all
  if (!first) throw new Error('nothing was said')
  await api.chat.regenerate.mutate({ replyId: first.replyId, newReplyId: again.replyId })
  await replied({ threadId: first.threadId, replyId: again.replyId })
  await read()
  expect(forms().map(saidIn).sort()).toEqual(all.map(({ text }) => text).sort())
}, 180_000)

test('nothing is learned where nothing is to be remembered, however late that is said', async () => {
  const { say, replied, keptTexts, suggested, read, api } = await begin()
  fillIn = (said) => list({ text: said, certain: true })
  const quiet = message('I secretly write poems', undefined)
  await api.chat.create.mutate({ id: quiet.threadId })
  await api.chat.remember.mutate({ id: quiet.threadId, remember: false })
  await api.chat.send.mutate(quiet)
  const passing = message('I secretly paint at night')
  await api.chat.create.mutate({ id: passing.threadId, temporary: true })
  await api.chat.send.mutate(passing)
  await replied(quiet)
  await replied(passing)
  expect(forms()).toEqual([])

  for (const [text, change] of [
    [
      'I secretly dance in the kitchen',
      (said: ReturnType<typeof message>) => api.memory.forgetMessage.mutate({ messageId: said.messageId }),
    ],
    [
      'I secretly sing in the shower',
      (said: ReturnType<typeof message>) => api.chat.delete.mutate({ id: said.threadId }),
    ],
    [
      'I secretly whistle on the stairs',
      (said: ReturnType<typeof message>) => api.chat.remember.mutate({ id: said.threadId, remember: false }),
    ],
  ] as const) {
    const reading = new Gate()
    const changed = new Gate()
    fillIn = async (said) => {
      reading.open()
      await changed.passed
      return list({ text: said, certain: true })
    }
    const said = await say(text)
    await reading.passed
    await change(said)
    changed.open()
    await read()
  }
  expect(await keptTexts()).toEqual([])
  expect(await suggested()).toEqual([])
}, 180_000)

test('what was forgotten or declined does not come back in the model’s words', async () => {
  const { say, replied, keptTexts, suggested, read, api } = await begin()
  const { memory } = await api.memory.add.mutate({ text: 'I am afraid of flying over the sea' })
  await api.memory.forget.mutate({ id: memory.id })
  await say('I like brass bands.')
  await expect.poll(suggested, PATIENT).toEqual(['I like brass bands.'])
  await read()
  const [bands] = (await api.memory.list.query({ status: 'suggested' })).memories
  await api.memory.decline.mutate({ id: bands?.id ?? '' })
  fillIn = () => list({ text: 'I am afraid of flying', certain: true }, { text: 'I like brass bands', certain: true })
  await replied(await say('Did I say that I am afraid of flying and that I like brass bands?'))
  await read()
  expect(await keptTexts()).toEqual([])
  expect(await suggested()).toEqual([])
}, 180_000)

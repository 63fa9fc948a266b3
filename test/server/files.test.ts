import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesOf } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { newPerson, send, take } = filesOf(() => server, 'files')

async function found(person: Person, query: string) {
  return (await server.api(person).memory.search.query({ query })).hits.map(({ text }) => text)
}

const CHATGPT = JSON.stringify([
  {
    id: 'c1',
    title: 'Sailing',
    create_time: 1_700_000_000,
    current_node: 'n3',
    mapping: {
      n0: { parent: null, message: null },
      n1: {
        parent: 'n0',
        message: {
          id: 'm1',
          author: { role: 'user' },
          create_time: 1_700_000_001,
          content: { parts: ['Which knot holds a dinghy?'] },
        },
      },
      n2: {
        parent: 'n1',
        message: { id: 'm2', author: { role: 'assistant' }, content: { parts: ['The abandoned answer'] } },
      },
      n3: {
        parent: 'n1',
        message: {
          id: 'm3',
          author: { role: 'assistant' },
          content: { parts: ['A bowline, "of course" \\u{1F642}]}'] },
        },
      },
    },
  },
])

const CLAUDE = JSON.stringify([
  {
    uuid: 'k1',
    name: 'Bread',
    created_at: '2025-01-02T03:04:05Z',
    chat_messages: [
      { uuid: 'k2', sender: 'human', text: 'How long does rye rise?', created_at: '2025-01-02T03:04:05Z' },
      {
        uuid: 'k3',
        sender: 'assistant',
        text: '',
        content: [{ type: 'text', text: 'Overnight.' }],
        created_at: '2025-01-02T03:05:05Z',
      },
    ],
  },
])

test.each([
  ['ChatGPT’s conversations', CHATGPT, { conversations: 1, messages: 3 }, 'bowline'],
  ['Claude’s conversations', CLAUDE, { conversations: 1, messages: 2 }, 'rye'],
  [
    'mem0’s memories',
    '{"results":[{"id":"1","memory":"Keeps bees"},{"memory":"Has a loom"}]}',
    { memories: 2 },
    'bees',
  ],
  [
    'OpenMemory’s',
    '[{"content":"Keeps goats","created_at":"2024-05-06T00:00:00Z","categories":["farm"]}]',
    { memories: 1 },
    'goats',
  ],
  [
    'MCP’s memory server’s',
    '{"type":"entity","name":"Ada","entityType":"person","observations":["plays chess","owns a {boat}"]}\n{"type":"relation","from":"Ada","to":"Bo","relationType":"works_with"}\n',
    { memories: 3 },
    'chess',
  ],
])('takes in %s once, however often it is done', async (_, file, expected, word) => {
  const person = await newPerson()
  expect((await send(person, file)).body).toMatchObject({ ...expected, skipped: {} })
  expect((await send(person, file)).body).toMatchObject({ conversations: 0, messages: 0, memories: 0 })
  expect(await found(person, word)).not.toEqual([])
})

test('what one exports, another account takes in whole, and the same account not twice', async () => {
  const [ana, bea] = [await newPerson(), await newPerson()]
  await send(ana, CHATGPT)
  const { memory } = await server.api(ana).memory.add.mutate({ text: 'Born in Évora 🎉', tags: ['life'] })
  const secret = await server.api(ana).memory.add.mutate({ text: 'The forgotten thing' })
  await server.api(ana).memory.forget.mutate({ id: secret.memory.id })
  const file = await take(ana)
  expect(JSON.parse(file)).toMatchObject({ format: 'moneta', version: 1 })
  expect(file).not.toContain('forgotten thing')
  expect((await send(ana, file)).body).toMatchObject({ conversations: 0, messages: 0, memories: 0 })
  expect((await send(bea, file)).body).toMatchObject({ conversations: 1, messages: 3, memories: 1 })
  const [copy] = (await server.api(bea).memory.list.query({})).memories
  expect(copy).toMatchObject({
    text: 'Born in Évora 🎉',
    tags: ['life'],
    createdAt: memory.createdAt,
    origin: 'person',
  })
  expect(await take(ana, 'moneta.md')).toContain('**You**, 2023-11-14 22:13 UTC\n\nWhich knot holds a dinghy?')
})

test('what was forgotten here does not come back with a file', async () => {
  const ana = await newPerson()
  const file = '[{"memory":"Hates coriander"}]'
  await send(ana, file)
  const [memory] = (await server.api(ana).memory.list.query({})).memories
  await server.api(ana).memory.forget.mutate({ id: memory?.id ?? '' })
  expect((await send(ana, file)).body).toMatchObject({
    memories: 0,
    skipped: { 'a memory that was forgotten or corrected here': 1 },
  })
  expect(await found(ana, 'coriander')).toEqual([])
})

test.each([
  ['bytes that are no text', new Uint8Array([0x5b, 0xff, 0xfe]), 'UTF-8'],
  ['nothing', '', 'no JSON'],
  ['prose', 'Dear diary', 'no JSON'],
  ['a bomb of brackets', '['.repeat(1_000_000), 'nested deeper'],
  ['JSON that is none', '[{"memory": oops}]', 'no valid JSON'],
])('refuses %s with a sentence that says what to do', async (_, body, sentence) => {
  const person = await newPerson()
  const answer = await send(person, body)
  expect(answer.status).toBe(400)
  expect(answer.body.message).toContain(sentence)
})

test('a file that breaks off is taken up to the break, and goes on when it is whole', async () => {
  const person = await newPerson()
  const whole = JSON.stringify(Array.from({ length: 5 }, (_, n) => ({ memory: `Number ${n} of the list` })))
  const broken = await send(person, whole.slice(0, -20))
  expect(broken).toMatchObject({ status: 400, body: { message: expect.stringContaining('ends in the middle') } })
  expect((await send(person, whole)).body).toMatchObject({
    memories: 1,
    known: { memories: 4 },
  })
})

test('strangers get nothing and leave nothing', async () => {
  for (const path of ['moneta.json', 'moneta.md', 'import']) {
    const method = path === 'import' ? 'POST' : 'GET'
    const response = await fetch(`${server.url}/files/${path}`, { method })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ auth: { reason: 'missing' } })
  }
})

test('takes in names and tags that the database cannot hold as they are', async () => {
  const ana = await newPerson()
  const createdAt = '2025-01-02T03:04:05Z'
  const said = { id: 'n2', author: 'user', authorName: 'Ze\0d', text: 'The zeppelin is late', createdAt }
  const file = {
    memories: [{ text: 'Zeppelins are slow', kind: 'fa\0ct', tags: ['a\0ir'], status: 'kept', createdAt }],
    threads: [{ id: 'n1', title: 'Air', createdAt, messages: [said] }],
  }
  const { status, body } = await send(ana, JSON.stringify(file))
  expect(status).toBe(200)
  expect(body).toMatchObject({ conversations: 1, memories: 1 })
})

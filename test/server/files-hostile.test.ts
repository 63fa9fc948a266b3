import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesOf } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import { zip } from '../zip.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { newPerson, send, take } = filesOf(() => server, 'hostile')

const FILE = JSON.stringify([{ memory: 'Keeps bees' }])
const good = { name: 'conversations.json', data: FILE }
const archive = zip([good])
const utf16be = new Uint8Array(Buffer.from(`\uFEFF${FILE}`, 'utf16le').swap16())

test.each([
  ['an archive without an end', archive.slice(0, -30), 'damaged or cut off'],
  ['an archive with a spoilt middle', archive.map((byte, at) => (at > 50 && at < 60 ? 255 : byte)), 'no text in UTF-8'],
  ['an archive of other things', zip([{ name: 'holiday.jpg', data: 'x' }]), 'no conversations or memories'],
  ['an archive in an archive', zip([{ name: 'export.zip', data: archive }]), 'another ZIP archive'],
  ['a locked archive', zip([{ ...good, flags: 1 }]), 'locked with a password'],
  ['an archive packed in another way', zip([{ ...good, method: 14 }]), 'unusual way'],
  ['a bomb', zip([{ name: 'conversations.json', data: `[${' '.repeat(3_000_000)}]` }]), 'would unpack to more'],
  ['a bomb that says it is none', zip([{ ...good, data: ' '.repeat(300_000), claimed: 2_000 }]), 'damaged or cut off'],
  ['an archive that promises the moon', zip([{ ...good, claimed: 0xfffffff0 }]), 'would unpack to more'],
  ['brackets without end', '[[{"a":'.repeat(200), 'nested deeper'],
  ['a great many tiny parts', `[{"a":[${'{},'.repeat(1_100_000)}{}]}]`, 'more parts'],
  ['a line that never ends', `{"memory":"${'x'.repeat(33_000_000)}"}`, 'longer than 32 million'],
  ['half a letter', new Uint8Array([0x5b, 0x22, 0xc3]), 'no text in UTF-8'],
])('refuses %s, and goes on serving', async (_, body, sentence) => {
  const person = await newPerson()
  const answer = await send(person, body)
  expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(sentence) } })
  const state = await server.api(person).transfer.importState.query()
  expect(state).toMatchObject({ status: 'failed', problem: answer.body.message })
})

test.each([
  ['UTF-8 with a mark', `\uFEFF${FILE}`],
  ['UTF-16, little end first', new Uint8Array(Buffer.from(`\uFEFF${FILE}`, 'utf16le'))],
  ['UTF-16, big end first', utf16be],
  ['names that lead out of the archive', zip([{ ...good, name: '../../../etc/conversations.json' }])],
])('takes %s', async (_, body) => {
  expect(await send(await newPerson(), body)).toMatchObject({ status: 200, body: { memories: 1 } })
})

test('an empty list is a file with nothing in it', async () => {
  expect(await send(await newPerson(), '[]')).toMatchObject({ status: 200, body: { conversations: 0, skipped: {} } })
})

test('times that cannot be, ids that are there twice and endless texts do no harm', async () => {
  const person = await newPerson()
  const message = (text: string, create_time: unknown) => ({
    parent: null,
    message: { author: { role: 'user' }, create_time, content: { parts: [text] } },
  })
  const mapping = {
    a: message('in 1970', 0),
    b: message('in 9999', 253_370_764_800),
    c: message('beyond time', 1e300),
    d: message('no time', 'yesterday'),
    __proto__: null,
    constructor: message('built in', 1_700_000_000),
    e: { parent: 'e', message: message('answers itself', 1).message },
  }
  const chat = { id: 'c', title: 'T'.repeat(5_000), create_time: 1_700_000_000, mapping }
  const memories = [{ memory: 'Likes the sea', created_at: '9999-01-01T00:00:00Z' }, { memory: 'x'.repeat(20_000) }]
  const thread = {
    id: 't',
    title: '',
    createdAt: '2025-01-01T00:00:00Z',
    messages: ['p', 'q', 'p'].map((id) => ({
      id,
      parentId: id === 'p' ? 'q' : 'p',
      author: 'user',
      text: `${id} of a ring`,
      createdAt: '2025-01-01T00:00:00Z',
    })),
  }
  const { status, body } = await send(person, JSON.stringify([chat, chat, ...memories, thread]))
  expect(status).toBe(200)
  expect(body).toMatchObject({
    conversations: 2,
    messages: 7,
    memories: 2,
    known: { conversations: 1 },
    skipped: { 'the end of a text longer than 4,000 characters': 1 },
  })
  const file = JSON.parse(await take(person))
  const years = file.threads.flatMap(({ messages }: { messages: { createdAt: string }[] }) =>
    messages.map(({ createdAt }) => createdAt.slice(0, 4)),
  )
  expect(new Set(years)).toEqual(new Set(['2023', '2025']))
})

test('what the person deleted here stays deleted, and so does what the file adds to it', async () => {
  const person = await newPerson()
  const node = (text: string) => ({ parent: null, message: { author: { role: 'user' }, content: { parts: [text] } } })
  const chat = (mapping: object) => JSON.stringify([{ id: 'c', create_time: 1_700_000_000, mapping }])
  await send(person, chat({ a: node('The rowing club') }))
  const [thread] = (await server.api(person).chat.threads.query({})).threads
  await server.api(person).chat.delete.mutate({ id: thread?.id ?? '' })
  const again = await send(person, chat({ a: node('The rowing club'), b: node('The rowing club again') }))
  expect(again.body).toMatchObject({ messages: 0, known: { conversations: 1 } })
  expect((await server.api(person).memory.search.query({ query: 'rowing club' })).hits).toEqual([])
})

test('a message of a conversation that is back where it was may have a name in place of an id', async () => {
  const person = await newPerson()
  const node = { parent: null, message: { author: { role: 'user' }, content: { parts: ['The rowing club'] } } }
  await send(person, JSON.stringify([{ id: 'c', create_time: 1_700_000_000, mapping: { a: node } }]))
  const file = JSON.parse(await take(person))
  file.threads[0].messages.push({ ...file.threads[0].messages[0], id: 'mine', text: 'And its boats' })
  expect(await send(person, JSON.stringify(file))).toMatchObject({ status: 200, body: { messages: 1 } })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesOf } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'
import { zip } from '../zip.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { newPerson, send } = filesOf(() => server, 'formats')

/** The texts of a person's only conversation, each with what it answers. */
async function conversation(person: Person) {
  const { threads, last } = await server.api(person).chat.threads.query({})
  const messages = last?.messages ?? []
  const textOf = (id: string | null) => messages.find((message) => message.id === id)?.text ?? null
  return {
    title: threads[0]?.title,
    messages: messages.map(({ text, parentId, author, createdAt, model }) => ({
      text,
      author,
      model,
      answers: textOf(parentId),
      at: createdAt,
    })),
  }
}

async function memories(person: Person) {
  const { memories } = await server.api(person).memory.list.query({})
  return memories
    .map(({ text, tags, createdAt }) => ({ text, tags, createdAt }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
}

const said = (role: string, text: unknown, more: object = {}) => ({
  author: { role },
  content: { content_type: 'text', parts: [text] },
  ...more,
})

test('ChatGPT’s tree comes with every branch, without what the system and tools said', async () => {
  const person = await newPerson()
  const heard = { content_type: 'audio_transcription', text: 'And in the rain?' }
  const file = [
    {
      conversation_id: 'c',
      title: 'Knots',
      create_time: 1_700_000_000.25,
      mapping: {
        root: { parent: null, message: null },
        hidden: {
          parent: 'root',
          message: said('user', 'about me', { metadata: { is_visually_hidden_from_conversation: true } }),
        },
        q: { parent: 'hidden', message: said('user', 'Which knot?', { create_time: 1_700_000_010 }) },
        old: { parent: 'q', message: said('assistant', 'A granny.', { create_time: 1_700_000_020 }) },
        call: { parent: 'q', message: said('assistant', '{"query":"knots"}', { recipient: 'web.search' }) },
        tool: { parent: 'call', message: said('tool', 'results') },
        a: {
          parent: 'tool',
          message: said('assistant', 'A bowline.', { create_time: 1_700_000_030, metadata: { model_slug: 'gpt-4o' } }),
        },
        picture: { parent: 'a', message: said('user', { content_type: 'image_asset_pointer' }) },
        voice: { parent: 'a', message: said('user', heard) },
      },
      current_node: 'voice',
    },
  ]
  const { body } = await send(person, JSON.stringify(file))
  expect(body).toMatchObject({
    conversations: 1,
    messages: 4,
    skipped: { 'a message of the system or a tool': 3, 'a message without text': 1 },
  })
  expect(await conversation(person)).toMatchObject({
    title: 'Knots',
    messages: [
      { text: 'Which knot?', author: 'user', answers: null, at: '2023-11-14T22:13:30.000Z' },
      { text: 'A granny.', author: 'assistant', answers: 'Which knot?' },
      { text: 'A bowline.', author: 'assistant', model: 'gpt-4o', answers: 'Which knot?' },
      { text: 'And in the rain?', author: 'user', answers: 'A bowline.', at: '2023-11-14T22:13:50.001Z' },
    ],
  })
})

const CLAUDE = {
  uuid: 'k',
  name: 'Bread',
  created_at: '2025-01-02T03:00:00Z',
  chat_messages: [
    {
      uuid: '1',
      sender: 'human',
      text: 'How long does rye rise?',
      parent_message_uuid: '0000',
      created_at: '2025-01-02T03:00:01Z',
    },
    {
      uuid: '2',
      sender: 'assistant',
      text: 'Thinking… Overnight.',
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Overnight.' },
      ],
      parent_message_uuid: '1',
      created_at: '2025-01-02T03:00:02Z',
    },
    {
      uuid: '3',
      sender: 'human',
      text: 'And wheat?',
      attachments: [{ extracted_content: 'my recipe' }],
      parent_message_uuid: '1',
      created_at: '2025-01-02T03:00:03Z',
    },
    { uuid: '4', sender: 'human', text: '', created_at: '2025-01-02T03:00:04Z', parent_message_uuid: '3' },
  ],
}

test('Claude’s archive gives conversations with their branches, and what it remembers', async () => {
  const person = await newPerson()
  const remembered = '**Work context**\n\nBakes for a living.\n\n**Personal**\n\n- Has two sons\n- Lives near the sea'
  const file = zip([
    { name: 'users.json', data: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
    { name: 'data/conversations.json', data: JSON.stringify([CLAUDE]) },
    { name: 'data\\memories.json', data: JSON.stringify([{ conversations_memory: remembered, account_uuid: 'u' }]) },
    { name: 'projects/p.json', data: '{"uuid":"p","docs":[]}' },
  ])
  expect((await send(person, file)).body).toMatchObject({
    conversations: 1,
    messages: 3,
    memories: 3,
    skipped: { 'a message without text': 1 },
  })
  expect((await conversation(person)).messages).toMatchObject([
    { text: 'How long does rye rise?', answers: null, at: '2025-01-02T03:00:01.000Z' },
    { text: 'Overnight.', answers: 'How long does rye rise?' },
    { text: 'And wheat?\nmy recipe', answers: 'How long does rye rise?' },
  ])
  expect(await memories(person)).toMatchObject([
    { text: 'Bakes for a living.', tags: ['Work context'] },
    { text: 'Has two sons', tags: ['Personal'] },
    { text: 'Lives near the sea', tags: ['Personal'] },
  ])
  expect((await send(person, file)).body).toMatchObject({
    conversations: 0,
    memories: 0,
    known: { conversations: 1, memories: 3 },
  })
})

test('what is beside the conversations in Claude’s files is named, not taken for damage', async () => {
  const person = await newPerson()
  const beside = [{ uuid: 'u', full_name: null }, { uuid: 'p', name: 'Bread', docs: [{ content: 'x' }] }, { odd: true }]
  expect((await send(person, JSON.stringify(beside))).body.skipped).toEqual({
    'an account of Claude': 1,
    'a project of Claude': 1,
    'not a conversation or a memory': 1,
  })
})

test('OpenMemory’s backup comes with its categories, without what was deleted there', async () => {
  const person = await newPerson()
  const backup = {
    user: { id: 'u', user_id: 'ana', metadata: {} },
    apps: [{ id: 'a', name: 'cursor', metadata: {}, is_active: true }],
    categories: [{ id: 'c1', name: 'farm', description: null }],
    memories: [
      {
        id: 'm1',
        content: 'Keeps goats',
        state: 'active',
        created_at: '2024-05-06T00:00:00+00:00',
        category_ids: ['c1'],
      },
      {
        id: 'm2',
        content: 'Keeps wolves',
        state: 'deleted',
        created_at: '2024-05-06T00:00:00+00:00',
        category_ids: [],
      },
    ],
    memory_categories: [{ memory_id: 'm1', category_id: 'c1' }],
    status_history: [{ id: 'h', memory_id: 'm2', old_state: 'active', new_state: 'deleted' }],
    access_controls: [],
    export_meta: { version: '1' },
  }
  const file = zip([
    { name: 'memories.json', data: JSON.stringify(backup, null, 2) },
    { name: 'memories.jsonl.gz', data: new Uint8Array([0x1f, 0x8b]) },
  ])
  expect((await send(person, file)).body).toMatchObject({
    memories: 1,
    skipped: { 'a memory that was deleted there': 1 },
  })
  expect(await memories(person)).toEqual([
    { text: 'Keeps goats', tags: ['farm'], createdAt: '2024-05-06T00:00:00.000Z' },
  ])
})

test('the parts of a large ChatGPT export are read one after the other', async () => {
  const person = await newPerson()
  const part = (name: string) => [
    { id: name, create_time: 1, mapping: { n: { parent: null, message: said('user', name) } } },
  ]
  const file = zip([
    { name: 'conversations-000.json', data: JSON.stringify(part('one')) },
    { name: 'conversations-001.json', data: JSON.stringify(part('two')), method: 0 },
    { name: 'chat.html', data: '<html>' },
    { name: 'image.png', data: 'x'.repeat(100) },
  ])
  expect((await send(person, file)).body).toMatchObject({ conversations: 2, messages: 2 })
})

test('an older statement in a file does not replace what was said since', async () => {
  const person = await newPerson()
  await server.api(person).memory.add.mutate({ text: 'I live in Berlin' })
  const file = '[{"memory":"I live in Lisbon","created_at":"2020-01-01T00:00:00Z"}]'
  expect((await send(person, file)).body).toMatchObject({
    memories: 0,
    skipped: { 'a memory that something said later has replaced': 1 },
  })
  expect(await memories(person)).toMatchObject([{ text: 'I live in Berlin' }])
})

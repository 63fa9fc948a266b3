import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FakeClock } from '../clock.ts'
import { filesOf, talk } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  // Prisma notes when a row was changed by the machine's own clock.
  server = await startServer({ clock: new FakeClock(Date.now()) })
})
afterAll(() => server.close())

const { newPerson, send, take } = filesOf(() => server, 'trip')

interface Exported {
  memories: (Record<string, unknown> & { id: string; text: string; status: string })[]
  forgotten: { id: string; fingerprint: string }[]
  threads: { id: string; title: string; messages: { id: string; text: string }[] }[]
}

/**
 * An export with names in place of ids, for those are others elsewhere, and in an order of its own; without entities,
 * which are read off the texts anew.
 */
function nameless(file: string): unknown {
  const { memories, forgotten, threads } = JSON.parse(file) as Exported
  const names = new Map<string, string>()
  for (const { id, text, status } of memories) names.set(id, `memory ${status} ${text}`)
  for (const { id, fingerprint } of forgotten) names.set(id, `forgotten ${fingerprint}`)
  for (const { id, title, messages } of threads) {
    names.set(id, `thread ${title}`)
    for (const message of messages) names.set(message.id, `message ${message.text}`)
  }
  const named = JSON.stringify({ memories, forgotten, threads }, (key, value) => {
    if (key === 'entities') return undefined
    return typeof value === 'string' ? (names.get(value) ?? value) : value
  })
  return sorted(JSON.parse(named))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]))
}

async function arrive(file: string): Promise<Person> {
  const person = await newPerson()
  const { status, body } = await send(person, file)
  expect({ status, skipped: body.skipped }).toEqual({ status: 200, skipped: {} })
  return person
}

test('a lived-in account arrives elsewhere as it was, and what was forgotten stays forgotten', async () => {
  const ana = await newPerson()
  const { memory } = server.api(ana)
  const { say } = talk(server, ana)
  const { replyId } = await say('I am allergic to hazelnuts.')
  await say('What am I allergic to?', replyId)
  await say('What may I not eat?', replyId)
  const { memory: tea } = await memory.add.mutate({ text: 'Drinks tea', tags: ['kitchen'] })
  await memory.edit.mutate({ id: tea.id, text: 'Drinks coffee', expiresAt: '2027-01-01T00:00:00.000Z' })
  await memory.add.mutate({ text: 'I live in Lisbon' })
  server.clock.advance(60_000)
  await memory.add.mutate({ text: 'I live in Berlin' })
  const { memory: secret } = await memory.add.mutate({ text: 'The combination is twelve' })
  await memory.forget.mutate({ id: secret.id })

  const file = await take(ana)
  expect(file).not.toContain('twelve')
  const bea = await arrive(file)
  const again = await take(bea)
  expect(nameless(again)).toEqual(nameless(file))
  expect(JSON.parse(file)).toMatchObject({
    forgotten: [{ status: 'forgotten' }],
    threads: [{ messages: expect.arrayContaining([expect.objectContaining({ used: [expect.anything()] })]) }],
  })

  const there = server.api(bea)
  expect((await there.memory.search.query({ query: 'allergic hazelnuts', kind: 'memory' })).hits).toHaveLength(1)
  expect(await send(bea, '[{"memory":"The combination is twelve"}]')).toMatchObject({ body: { memories: 0 } })
  expect(await send(bea, file)).toMatchObject({ body: { memories: 0, messages: 0, conversations: 0 } })
  expect(await send(ana, file)).toMatchObject({ body: { memories: 0, messages: 0, conversations: 0 } })
  expect(nameless(await take(ana))).toEqual(nameless(file))
})

const time = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2025, 11) }).map((at) => new Date(at).toISOString())
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

const file = fc
  .record({
    memories: fc.array(
      fc.record({
        text: words,
        kind: fc.constantFrom('fact', 'preference'),
        tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'ü 🎉'), { maxLength: 3 }),
        status: fc.constantFrom('kept', 'suggested', 'superseded'),
        origin: fc.constantFrom('person', 'chat', 'model', 'import'),
        version: fc.integer({ min: 1, max: 9 }),
        validFrom: time,
        validTo: maybe(time),
        expiresAt: maybe(time),
        encodings: fc.integer({ min: 1, max: 99 }),
        recalls: fc.nat(99),
        lastRecalledAt: maybe(time),
        lastEncodedAt: time,
        createdAt: time,
        updatedAt: time,
      }),
      { maxLength: 6 },
    ),
    threads: fc.array(
      fc.record({
        pinned: fc.boolean(),
        archived: fc.boolean(),
        remember: fc.boolean(),
        tags: fc.uniqueArray(fc.constantFrom('x', 'y'), { maxLength: 2 }),
        model: maybe(fc.constant('llama')),
        createdAt: time,
        messages: fc.array(
          fc.record({
            author: fc.constantFrom('user', 'assistant'),
            authorName: maybe(fc.constant('Bo')),
            text: words,
            status: fc.constantFrom('complete', 'interrupted', 'failed'),
            failure: maybe(fc.constant('It failed.')),
            model: maybe(fc.constant('llama')),
            forgottenAt: maybe(time),
            createdAt: time,
            answers: fc.nat(5),
          }),
          { minLength: 1, maxLength: 6 },
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ memories, threads }) => {
    const said = threads.map(({ messages, ...thread }, number) => {
      const ids = messages.map(() => uuidv7())
      return {
        id: uuidv7(),
        title: `Thread ${number}`,
        ...thread,
        messages: messages.map(({ answers, text, ...message }, at) => ({
          id: ids[at] ?? '',
          parentId: at === 0 || answers >= at ? null : (ids[answers] ?? null),
          ...message,
          text: `${number}/${at} ${storable(text)}`,
          used: [] as object[],
        })),
      }
    })
    const sources = said.flatMap(({ messages }) => messages.map(({ id }) => id))
    const kept = memories.map(({ text, ...memory }, number) => ({
      id: uuidv7(),
      ...memory,
      text: `Memory ${number} ${storable(text)}`,
      supersededById: null as string | null,
      sourceMessageId: sources[number] ?? null,
      sourceIds: sources.slice(number, number + 2).sort(),
      versions: [{ version: 1, text: `Before ${number}`, createdAt: memory.createdAt }],
    }))
    for (const [at, memory] of kept.entries())
      if (memory.status === 'superseded') memory.supersededById = kept[at - 1]?.id ?? null
    for (const { messages } of said) {
      const [first] = messages
      if (first && kept[0]) first.used = [{ kind: 'memory', score: 0.5, id: kept[0].id }]
    }
    const forgotten = [
      {
        id: uuidv7(),
        status: 'forgotten',
        fingerprint: 'f'.repeat(22),
        forgottenAt: '2024-01-01T00:00:00.000Z',
        sourceIds: [],
      },
    ]
    return { format: 'moneta', version: 1, memories: kept, forgotten, threads: said }
  })

test('whatever a file holds, exporting it again gives the same', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(file, async (generated) => {
      const text = JSON.stringify(generated)
      const person = await arrive(text)
      expect(nameless(await take(person))).toEqual(nameless(text))
    }),
    { numRuns: 15 },
  )
})

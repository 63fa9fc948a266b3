import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import { embedSome, startEmbedding } from '#server/memory/embed.ts'
import { forgetMemory } from '#server/memory/forget.ts'
import { memoryOverview } from '#server/memory/overview.ts'
import { reindexStale } from '#server/memory/reindex.ts'
import { createEmbedder, type Embedder } from '#server/model/embedder.ts'
import { userInput } from '#shared/memory.ts'
import { FakeClock } from '../clock.ts'
import { openTestDatabase } from '../database/open.ts'
import { type EmbeddingsServer, startEmbeddingsServer } from '../embeddings-server.ts'
import { createPerson, type Person, texts } from '../memory/person.ts'

let db: Database
let server: EmbeddingsServer
let clock: FakeClock
let embedder: Embedder

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await db.prisma.user.deleteMany()
  await db.prisma.textIndex.deleteMany()
  server = await startEmbeddingsServer()
  clock = new FakeClock()
  embedder = embedderOf('model-a')
  return () => server.close()
})

const embedderOf = (model: string) => createEmbedder({ baseUrl: server.url, model, apiKey: 'a-key' }, clock)

async function createReader(using = embedder): Promise<Person> {
  const person = await createPerson(db)
  person.ctx.deps.embedder = using
  return person
}

async function embedAll(using = embedder): Promise<void> {
  while (await embedSome({ db }, using));
}

const progress = async ({ ctx }: Person) => (await memoryOverview(ctx, userInput.parse(undefined))).embedding

async function vectors({ userId }: Person): Promise<number> {
  const count = await db.prisma.textVector.count({ where: { userId } })
  expect(await db.prisma.textSignature.count({ where: { userId } })).toBe(count)
  return count
}

async function tellOfLife(person: Person): Promise<void> {
  await person.say('The orchestra plays on Friday')
  await person.add('We bake every Sunday')
  await person.say('Our summit was in the clouds', { threadId: await person.openThread() })
  await person.say('The puppy chewed my shoes', { threadId: await person.openThread() })
}

test('a text that shares no word with the question is found by its meaning, across languages', async () => {
  const ana = await createReader()
  await tellOfLife(ana)
  expect(texts(await ana.search('Wo ist der Hund?'))).toEqual([])
  await embedAll()
  expect(texts(await ana.search('Wo ist der Hund?'))[0]).toBe('The puppy chewed my shoes')
  expect(texts(await ana.search('food', 'memory'))[0]).toBe('We bake every Sunday')
  expect(server.asked[0]).toMatchObject({ authorization: 'Bearer a-key', model: 'model-a' })
})

test('nobody’s vectors lead to another’s texts', async () => {
  const [ana, eve] = [await createReader(), await createReader()]
  await tellOfLife(ana)
  await eve.say('A quiet day')
  await embedAll()
  expect(texts(await eve.search('Hund'))).toEqual(['A quiet day'])
})

test('writing waits for no vector, and progress tells how far they are', async () => {
  server.status = () => 500
  const ana = await createReader()
  await tellOfLife(ana)
  expect(await progress(ana)).toEqual({ texts: 0, of: 4 })
  expect(texts(await ana.search('orchestra'))).toEqual(['The orchestra plays on Friday'])
  server.status = () => 200
  await clock.step(60_000)
  await embedAll()
  expect(await progress(ana)).toEqual({ texts: 4, of: 4 })
  await ana.say('One more')
  expect(await progress(ana)).toEqual({ texts: 4, of: 5 })
})

test('another model reads everything anew, and search goes on meanwhile', async () => {
  const ana = await createReader()
  await tellOfLife(ana)
  await embedAll()
  const other = embedderOf('model-b')
  ana.ctx.deps.embedder = other
  expect(await progress(ana)).toEqual({ texts: 0, of: 4 })
  expect(texts(await ana.search('orchestra'))[0]).toBe('The orchestra plays on Friday')
  await embedAll(other)
  expect(await progress(ana)).toEqual({ texts: 4, of: 4 })
  expect(texts(await ana.search('Hund'))[0]).toBe('The puppy chewed my shoes')
  expect(await vectors(ana)).toBe(4)
})

test('an endpoint that is down is asked ever more seldom, and nothing waits for it', async () => {
  const ana = await createReader()
  await tellOfLife(ana)
  server.status = () => 503
  const stop = startEmbedding({ db, clock, log: createLog('silent'), embedder })
  await vi.waitFor(() => expect(server.asked).toHaveLength(1), { timeout: 20_000 })
  for (let search = 0; search < 5; search++) {
    expect(texts(await ana.search('orchestra'))).toEqual(['The orchestra plays on Friday'])
  }
  expect(server.asked).toHaveLength(1)
  server.status = () => 200
  await vi.waitFor(
    async () => {
      await clock.step(3_000)
      expect(await progress(ana)).toEqual({ texts: 4, of: 4 })
    },
    { timeout: 20_000 },
  )
  stop()
}, 60_000)

test('a text that the model refuses is passed over, and the others are not held up', async () => {
  const ana = await createReader()
  await tellOfLife(ana)
  server.status = (input) => (input.some((text) => text.includes('summit')) ? 400 : 200)
  await embedAll()
  expect(await progress(ana)).toEqual({ texts: 4, of: 4 })
  expect(await vectors(ana)).toBe(3)
  expect(texts(await ana.search('summit'))[0]).toBe('Our summit was in the clouds')
})

test('a vector is forgotten with its text at once, and comes to no other when an index is built anew', async () => {
  const ana = await createReader()
  await ana.say('The orchestra plays on Friday')
  const { memory } = await ana.add('The puppy is called Muck')
  await embedAll()
  await forgetMemory(ana.ctx, { id: memory.id })
  expect(await vectors(ana)).toBe(1)
  expect(texts(await ana.search('Hund'))).not.toContain('The puppy is called Muck')
  await db.prisma.textIndex.update({ where: { userId: ana.userId }, data: { tokenizerVersion: 0 } })
  await reindexStale({ db })
  expect(await vectors(ana)).toBe(0)
  await embedAll()
  expect(await progress(ana)).toEqual({ texts: 1, of: 1 })
})

test('a text that is forgotten while its vector is on the way leaves none', async () => {
  const ana = await createReader()
  const { memory } = await ana.add('The puppy is called Muck')
  const slow: Embedder = {
    model: embedder.model,
    async embed(...input) {
      const answer = await embedder.embed(...input)
      await forgetMemory(ana.ctx, { id: memory.id })
      return answer
    },
  }
  await embedAll(slow)
  expect(await vectors(ana)).toBe(0)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { memoryHistory, memoryList } from '#server/memory/browse.ts'
import { describeStale } from '#server/memory/describe.ts'
import { memoryFacets } from '#server/memory/facets.ts'
import { forgetMemories, forgetMemory, UNDO_MS } from '#server/memory/forget.ts'
import { forgetMessage, restoreMessage } from '#server/memory/forget-message.ts'
import { matchingMemories } from '#server/memory/matching.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { searchMemory } from '#server/memory/recall.ts'
import { restoreMemories, restoreMemory } from '#server/memory/restore.ts'
import { listInput, networkInput, searchInput } from '#shared/memory.ts'
import type { MemoryFilter } from '#shared/memory-filter.ts'
import { facetsInput, forgetManyInput } from '#shared/memory-selection.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, type Person, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const kept = async ({ ctx }: Person, filter: MemoryFilter = {}) =>
  texts((await memoryList(ctx, listInput.parse({ filter }))).memories)
const network = ({ ctx }: Person, input: object = {}) => memoryNetwork(ctx, networkInput.parse(input))

test('memories are narrowed down by person, place, date, kind, tag and origin, in lists, searches and counts', async () => {
  const ana = await createPerson(db)
  await ana.say('My sister is called Clara.')
  await ana.add('Clara lives in Porto', { tags: ['family'] })
  await ana.add('A trip to Porto on March 4, 2027', { tags: ['trip', 'family'] })
  await ana.add('Clara plays chess')
  const clara = { entity: { kind: 'person', name: 'clara' } } as const
  expect((await kept(ana, clara)).sort()).toEqual([
    'Clara lives in Porto',
    'Clara plays chess',
    'My sister is called Clara.',
  ])
  expect(await kept(ana, { ...clara, tag: 'family' })).toEqual(['Clara lives in Porto'])
  expect(await kept(ana, { entity: { kind: 'date', name: '2027-03-04' } })).toHaveLength(1)
  expect(await kept(ana, { origin: 'chat' })).toEqual(['My sister is called Clara.'])
  const { hits } = await searchMemory(ana.ctx, searchInput.parse({ query: 'Porto trip', filter: clara }))
  expect(texts(hits)).toEqual(['Clara lives in Porto'])
  expect(await memoryFacets(ana.ctx, facetsInput.parse(undefined))).toEqual({
    kinds: [
      { name: 'fact', count: 3 },
      { name: 'family', count: 1 },
    ],
    tags: [
      { name: 'family', count: 2 },
      { name: 'trip', count: 1 },
    ],
    people: [{ name: 'Clara', count: 3 }],
    places: [{ name: 'Porto', count: 2 }],
    dates: [{ name: '2027-03-04', count: 1 }],
    origins: [
      { name: 'person', count: 3 },
      { name: 'chat', count: 1 },
    ],
  })
})

test('the network says why memories belong together, and shows the part that is asked for', async () => {
  const ana = await createPerson(db)
  await ana.say('My brother is called Emil.')
  const { memory: pilot } = await ana.add('Emil flies gliders')
  const { memory: away } = await ana.add('Emil lives in Bergen')
  const { memory: trip } = await ana.add('Going to Bergen by train')
  await ana.add('The boiler was serviced')
  const all = await network(ana)
  expect(all.total).toBe(5)
  const between = (a: string, b: string) =>
    all.edges.find(({ from, to, reason }) => reason !== 'similar' && [from, to].includes(a) && [from, to].includes(b))
  expect(between(pilot.id, away.id)).toMatchObject({ reason: 'person', through: 'Emil' })
  expect(between(trip.id, away.id)).toMatchObject({ reason: 'place', through: 'Bergen' })
  expect(between(trip.id, pilot.id)).toBeUndefined()

  const around = await network(ana, { around: trip.id })
  expect(around.nodes.map(({ id, focus }) => [id, focus])).toEqual([
    [trip.id, true],
    [away.id, false],
  ])
  const sought = await network(ana, { query: 'gliders' })
  expect(sought.nodes[0]).toMatchObject({ id: pilot.id, focus: true, status: 'kept' })
  expect(texts(sought.nodes)).not.toContain('The boiler was serviced')
  expect((await network(ana, { query: 'zzz' })).nodes).toEqual([])
  expect(() => networkInput.parse({ query: 'a', around: trip.id })).toThrow()
})

test('history is shown beside what took its place, down to the first of the chain in the history of each', async () => {
  const ana = await createPerson(db)
  for (const city of ['Porto', 'Lyon', 'Graz']) await ana.say(`I moved to ${city}.`)
  const { nodes, edges } = await network(ana)
  expect(nodes.map(({ text, status }) => [text, status])).toEqual([
    ['I moved to Graz.', 'kept'],
    ['I moved to Lyon.', 'superseded'],
  ])
  expect(edges).toMatchObject([{ from: nodes[0]?.id, to: nodes[1]?.id, reason: 'supersedes', weight: 1 }])
  const newest = await memoryHistory(ana.ctx, { id: nodes[0]?.id ?? '' })
  expect(texts(newest.supersedes)).toEqual(['I moved to Lyon.', 'I moved to Porto.'])
  const oldest = await memoryHistory(ana.ctx, { id: newest.supersedes[1]?.id ?? '' })
  expect(texts(oldest.supersededBy)).toEqual(['I moved to Lyon.', 'I moved to Graz.'])
  expect(oldest.sources).toMatchObject([{ threadId: ana.firstThread }])
  await forgetMemory(ana.ctx, { id: oldest.supersededBy[0]?.id ?? '' })
  expect((await network(ana)).nodes.map(({ text }) => text)).toEqual(['I moved to Graz.'])
  await forgetMemory(ana.ctx, { id: nodes[0]?.id ?? '' })
  expect(await kept(ana)).toEqual(['I moved to Porto.'])
})

test('what a search finds is shown before it is forgotten, forgotten at once, and brought back at once', async () => {
  const ana = await createPerson(db)
  await ana.add('The garden shed needs paint', { tags: ['house'] })
  await ana.add('Painting the garden fence is done', { tags: ['house'] })
  await ana.add('The garden party is in June')
  await ana.say('I like painting gardens.')
  await ana.say('I moved to Garden City.')
  await ana.say('I moved to Ulm.')
  const selection = { query: 'garden paint' }
  const { total, memories } = await matchingMemories(ana.ctx, selection)
  expect(texts(memories).sort()).toEqual([
    'I like painting gardens.',
    'Painting the garden fence is done',
    'The garden shed needs paint',
  ])
  const { forgotten, more } = await forgetMemories(ana.ctx, forgetManyInput.parse(selection))
  expect([forgotten.length, total, more]).toEqual([3, 3, false])
  expect((await kept(ana)).sort()).toEqual(['I moved to Ulm.', 'The garden party is in June'])
  expect(texts(await ana.search('paint'))).toEqual([])
  expect(await restoreMemories(ana.ctx, { ids: forgotten })).toEqual({ restored: 3 })
  expect(await restoreMemories(ana.ctx, { ids: forgotten })).toEqual({ restored: 0 })
  expect(await kept(ana)).toHaveLength(4)
  const house = await forgetMemories(ana.ctx, forgetManyInput.parse({ filter: { tag: 'house' }, query: 'fence' }))
  expect(house.forgotten).toHaveLength(1)
  for (const nothing of [{}, { filter: {} }, { query: '' }, { ids: [] }])
    expect(() => forgetManyInput.parse(nothing)).toThrow()
  expect((await matchingMemories(ana.ctx, { query: 'the' })).total).toBe(0)
})

test('a message can be kept in its chat alone, with all that was learned from it, and come back', async () => {
  const ana = await createPerson(db)
  const { userId } = ana
  const messageId = await ana.say('I am allergic to walnuts. I like owls.')
  const replyId = await ana.say('Owls and walnuts, noted.', { author: 'assistant' })
  await ana.say('Walnuts are on sale')
  await db.prisma.recall.create({ data: { userId, replyId, rank: 0, kind: 'message', sourceId: messageId, score: 1 } })
  await db.prisma.replyContext.create({ data: { userId, replyId, turns: [], omitted: 0 } })
  expect((await forgetMessage(ana.ctx, { messageId })).forgotten).toHaveLength(2)
  expect(await forgetMessage(ana.ctx, { messageId })).toEqual({ forgotten: [] })
  expect(texts(await ana.search('walnuts owls'))).toEqual(['Walnuts are on sale'])
  expect(await kept(ana)).toEqual([])
  expect(await db.prisma.replyContext.count({ where: { userId } })).toBe(0)
  await ana.say('I am allergic to walnuts.')
  expect(await kept(ana)).toEqual([])

  expect(await restoreMessage(ana.ctx, { messageId })).toEqual({ restored: 2 })
  expect(await restoreMessage(ana.ctx, { messageId })).toEqual({ restored: 0 })
  expect(await kept(ana)).toEqual(['I am allergic to walnuts.'])
  expect(texts(await ana.search('owls', 'message'))).toEqual(
    expect.arrayContaining(['I am allergic to walnuts. I like owls.', 'Owls and walnuts, noted.']),
  )
  const eve = await createPerson(db)
  await expect(forgetMessage(eve.ctx, { messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(restoreMessage(eve.ctx, { messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await forgetMessage(ana.ctx, { messageId })
  ana.clock.step(UNDO_MS)
  expect(await restoreMessage(ana.ctx, { messageId })).toEqual({ restored: 0 })
  expect(await kept(ana)).toEqual([])
})

test('a memory forgotten with others comes back to its place among them', async () => {
  const ana = await createPerson(db)
  await ana.say('I moved to Porto.')
  await ana.say('I moved to Lyon.')
  const { memories } = await matchingMemories(ana.ctx, { threadId: ana.firstThread })
  const { forgotten } = await forgetMemories(ana.ctx, { threadId: ana.firstThread })
  expect(forgotten.sort()).toEqual(memories.map(({ id }) => id).sort())
  expect(await kept(ana)).toEqual([])
  await restoreMemories(ana.ctx, { ids: forgotten })
  expect(await kept(ana)).toEqual(['I moved to Lyon.'])
  const [lyon] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  const history = await memoryHistory(ana.ctx, { id: lyon?.id ?? '' })
  expect(texts(history.supersedes)).toEqual(['I moved to Porto.'])
  await restoreMemory(ana.ctx, { id: history.supersedes[0]?.id ?? '' })
  expect(await kept(ana)).toEqual(['I moved to Porto.'])
})

test('what older rules read off a memory is read anew', async () => {
  const ana = await createPerson(db)
  await ana.add('I live in Porto')
  const where = { userId: ana.userId }
  await db.prisma.memoryEntity.deleteMany({ where })
  await db.prisma.memory.updateMany({ where, data: { readBy: 0, soleFact: null } })
  expect(await describeStale(ana.ctx.deps)).toBe(1)
  expect(await describeStale(ana.ctx.deps)).toBe(0)
  expect(await kept(ana, { entity: { kind: 'place', name: 'PORTO' } })).toEqual(['I live in Porto'])
  await ana.say('I moved to Lyon.')
  expect(await kept(ana)).toEqual(['I moved to Lyon.'])
})

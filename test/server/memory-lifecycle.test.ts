import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { memoryHistory, memoryList } from '#server/memory/browse.ts'
import { eraseForgotten, forgetEverything } from '#server/memory/erase.ts'
import { forgetMemories, forgetMemory, UNDO_MS } from '#server/memory/forget.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { memoryOverview } from '#server/memory/overview.ts'
import { addMemory, editMemory } from '#server/memory/remember.ts'
import { restoreMemory } from '#server/memory/restore.ts'
import { approveSuggestion, declineSuggestion } from '#server/memory/suggest.ts'
import { listInput, networkInput } from '#shared/memory.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, type Person, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const kept = async (person: Person) => texts((await memoryList(person.ctx, listInput.parse({}))).memories)
const suggested = async ({ ctx }: Person) => (await memoryList(ctx, listInput.parse({ status: 'suggested' }))).memories
const network = ({ ctx }: Person, input: object = {}) => memoryNetwork(ctx, networkInput.parse(input))

test('the same fact again, however it is written, strengthens the memory of it', async () => {
  const ana = await createPerson(db)
  const first = await ana.add("I'm allergic to peanuts.")
  const again = await ana.add('i am allergic to PEANUTS')
  expect(first.outcome).toBe('added')
  expect(again.outcome).toBe('strengthened')
  expect(again.memory.id).toBe(first.memory.id)
  expect(again.memory.strength).toBeGreaterThan(first.memory.strength)
  expect(await kept(ana)).toEqual(["I'm allergic to peanuts."])
  await ana.add('I am not allergic to peanuts')
  expect(await kept(ana)).toHaveLength(2)
})

test('adding twice under one id adds once', async () => {
  const ana = await createPerson(db)
  const id = '0190f5a0-0000-7000-8000-000000000001'
  const first = await ana.add('The boiler was serviced', { id })
  expect(await ana.add('The boiler was serviced', { id })).toEqual(first)
})

test('fifty writers at once lose nothing and store nothing twice', async () => {
  const ana = await createPerson(db)
  await Promise.all(
    Array.from({ length: 50 }, (_, writer) =>
      writer % 2 === 0 ? ana.add(`Fact number ${writer % 20}`) : ana.say(`Remark number ${writer} about fishing`),
    ),
  )
  expect((await kept(ana)).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `Fact number ${2 * n}`).sort())
  const { memories } = await memoryList(ana.ctx, listInput.parse({}))
  const rows = await db.prisma.memory.findMany({ where: { userId: ana.userId } })
  expect(rows.reduce((sum, { encodings }) => sum + encodings, 0)).toBe(25)
  expect(memories).toHaveLength(10)
  expect(new Set(texts(await ana.search('fishing', 'message'))).size).toBe(20)
  expect(await db.prisma.indexedText.count({ where: { userId: ana.userId, kind: 'message' } })).toBe(25)
})

test('an edit is a version: the memory keeps its id, its source and what it said before', async () => {
  const ana = await createPerson(db)
  const messageId = await ana.say('Remember that the spare key is under the blue pot.')
  const [memory] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  if (!memory) throw new Error('nothing was remembered')
  await editMemory(ana.ctx, { id: memory.id, text: 'The spare key is with Rosa.' })
  const history = await memoryHistory(ana.ctx, { id: memory.id })
  expect(history.memory).toMatchObject({ text: 'The spare key is with Rosa.', version: 2, source: { messageId } })
  expect(history.versions).toMatchObject([{ version: 1, text: 'The spare key is under the blue pot.' }])
  expect(await ana.search('Rosa', 'memory')).toHaveLength(1)
  expect(await ana.search('pot', 'memory')).toEqual([])
})

test('what an edit corrected is not found again in the old message', async () => {
  const ana = await createPerson(db)
  await ana.say('I live in Porto.')
  const [memory] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  await editMemory(ana.ctx, { id: memory?.id ?? '', text: 'I live in Braga.' })
  await ana.say('I live in Porto.')
  expect(await kept(ana)).toEqual(['I live in Braga.'])
})

test('two memories cannot be edited into one another', async () => {
  const ana = await createPerson(db)
  await ana.add('Tea at four')
  const { memory } = await ana.add('Tea at five')
  await expect(editMemory(ana.ctx, { id: memory.id, text: 'tea at FOUR!' })).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('forgotten is gone from search, list, network, counts and history, with the messages that would tell it', async () => {
  const ana = await createPerson(db)
  await ana.say('I am allergic to walnuts.')
  const replyId = await ana.say('You told me that you are allergic to walnuts.', { author: 'assistant' })
  const [memory] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  const id = memory?.id ?? ''
  const { userId } = ana
  await db.prisma.recall.create({ data: { userId, replyId, rank: 0, kind: 'memory', sourceId: id, score: 1 } })
  const context = { userId, replyId, turns: [{ role: 'system', text: 'I am allergic to walnuts.' }], omitted: 0 }
  await db.prisma.replyContext.create({ data: context })
  await forgetMemory(ana.ctx, { id })
  expect(await db.prisma.replyContext.count({ where: { userId } })).toBe(0)
  expect(await ana.search('walnuts allergic')).toEqual([])
  expect(await kept(ana)).toEqual([])
  expect(await network(ana)).toEqual({ nodes: [], edges: [], total: 0 })
  expect(await memoryOverview(ana.ctx, { days: 1 })).toMatchObject({ memories: 0, recent: [], strongest: [] })
  await expect(memoryHistory(ana.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(editMemory(ana.ctx, { id, text: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })

  await restoreMemory(ana.ctx, { id })
  expect(texts(await ana.search('walnuts'))).toHaveLength(2)
  expect(await kept(ana)).toEqual(['I am allergic to walnuts.'])
})

test('saying it again in passing does not bring a forgotten fact back; asking for it does', async () => {
  const ana = await createPerson(db)
  await ana.say('I love sailing.')
  const [memory] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  await forgetMemory(ana.ctx, { id: memory?.id ?? '' })
  await ana.say('I love sailing.')
  expect(await kept(ana)).toEqual([])
  await ana.say('Remember that I love sailing.')
  expect(await kept(ana)).toEqual(['I love sailing.'])
})

test('after the time to undo, nothing of the text is left and it cannot be restored, but it stays forgotten', async () => {
  const ana = await createPerson(db)
  const { memory } = await ana.add('The combination is 31-7-19')
  await editMemory(ana.ctx, { id: memory.id, text: 'I hate mondays.' })
  await forgetMemory(ana.ctx, { id: memory.id })
  ana.clock.step(UNDO_MS - 1)
  await eraseForgotten(ana.ctx.deps)
  expect(await db.prisma.memory.findMany({ where: { userId: ana.userId } })).toMatchObject([
    { text: 'I hate mondays.' },
  ])
  ana.clock.step(1)
  await eraseForgotten(ana.ctx.deps)
  const where = { userId: ana.userId }
  expect(await db.prisma.memory.findMany({ where })).toMatchObject([{ text: '', status: 'forgotten' }])
  expect(await db.prisma.memoryVersion.findMany({ where })).toMatchObject([{ text: '' }])
  expect(await db.prisma.posting.count({ where })).toBe(0)
  await expect(restoreMemory(ana.ctx, { id: memory.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await ana.say('I hate mondays.')
  expect(await kept(ana)).toEqual([])
})

test('restoring a fact that was meanwhile added again makes no second one', async () => {
  const ana = await createPerson(db)
  const { memory } = await ana.add('The cat is called Miso')
  const { memory: other } = await ana.add('The cat is called Tofu')
  await forgetMemory(ana.ctx, { id: memory.id })
  await editMemory(ana.ctx, { id: other.id, text: 'The cat is called Miso' })
  expect((await restoreMemory(ana.ctx, { id: memory.id })).id).toBe(other.id)
  expect(await kept(ana)).toEqual(['The cat is called Miso'])
})

test('a suggestion waits for a yes; declined stays declined until it is undone', async () => {
  const ana = await createPerson(db)
  await ana.say('I like jazz. I like chess.')
  expect(await kept(ana)).toEqual([])
  const [chess, jazz] = (await suggested(ana)).sort((a, b) => (a.text < b.text ? -1 : 1))
  if (!jazz || !chess) throw new Error('nothing was suggested')
  expect(await ana.search('jazz', 'memory')).toEqual([])
  await approveSuggestion(ana.ctx, { id: jazz.id })
  expect(texts(await ana.search('jazz', 'memory'))).toEqual(['I like jazz.'])
  await declineSuggestion(ana.ctx, { id: chess.id })
  await declineSuggestion(ana.ctx, { id: chess.id })
  await ana.say('I like chess.')
  expect(await suggested(ana)).toEqual([])
  expect(await restoreMemory(ana.ctx, { id: chess.id })).toMatchObject({ status: 'suggested' })
  await expect(declineSuggestion(ana.ctx, { id: jazz.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('in a thread that is not to be remembered, only the words stay searchable', async () => {
  const ana = await createPerson(db)
  await ana.say('I live in Rome. I like figs. Remember that I snore.', { learn: false })
  expect(await kept(ana)).toEqual([])
  expect(await suggested(ana)).toEqual([])
  expect(await ana.search('figs')).toHaveLength(1)
})

test('an expired memory is neither listed nor found nor in the network', async () => {
  const ana = await createPerson(db)
  await ana.add('Parking on level 3', { expiresAt: new Date(ana.clock.now() + 1000).toISOString() })
  expect(await ana.search('parking')).toHaveLength(1)
  ana.clock.step(1000)
  expect(await ana.search('parking')).toEqual([])
  expect(await kept(ana)).toEqual([])
  expect((await network(ana)).nodes).toEqual([])
})

test('memories are tied to those like them and to those of the same conversation', async () => {
  const ana = await createPerson(db)
  await ana.say('My sister is Clara.')
  await ana.say('I love rowing.')
  await ana.add('Clara, my sister, works at the harbour')
  const { nodes, edges, total } = await network(ana)
  expect(total).toBe(3)
  expect(nodes).toHaveLength(3)
  expect(edges.map(({ reason }) => reason).sort()).toEqual(['conversation', 'person', 'similar'])
  expect(edges.find(({ reason }) => reason === 'person')?.through).toBe('Clara')
  for (const { weight } of edges) expect(weight).toBeGreaterThan(0)
  const rowing = nodes.find(({ text }) => text === 'I love rowing.')
  expect(texts((await network(ana, { around: rowing?.id })).nodes).sort()).toEqual([
    'I love rowing.',
    'My sister is Clara.',
  ])
})

test('strength grows with saying and recalling and fades with time', async () => {
  const ana = await createPerson(db)
  const { memory } = await ana.add('The moss garden in Kyoto')
  expect(memory.strength).toBeCloseTo(100 * (1 - Math.exp(-0.5)), 5)
  ana.clock.step(10 * 86_400_000)
  const [faded] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  const stability = 100 * (1 - 0.9 * Math.exp(-0.5))
  expect(faded?.strength).toBeCloseTo(stability * Math.exp(-10 / stability), 5)
  ana.clock.step(365 * 86_400_000 * 100)
  expect((await memoryList(ana.ctx, listInput.parse({}))).memories[0]?.strength).toBeCloseTo(0, 5)
})

test('strength is what its model says, and the same wherever it is read', async () => {
  const ana = await createPerson(db)
  const facts = [
    { said: 1, recalled: 0, days: 0 },
    { said: 1, recalled: 0, days: 0.5 },
    { said: 1, recalled: 0, days: 1 },
    { said: 3, recalled: 2, days: 0 },
    { said: 2, recalled: 7, days: 90 },
    { said: 1_000_000_000, recalled: 1_000_000_000, days: 3 },
    { said: 1, recalled: 0, days: 100_000 },
    { said: 1, recalled: 0, days: -2 },
  ]
  const expected = new Map<string, number>()
  for (const { said, recalled, days } of facts) {
    const { memory } = await ana.add(`Fact ${said} ${recalled} ${days}`)
    const missing = Math.exp(-0.5 * said) * 0.85 ** recalled * (days >= 1 ? 0.9 : 1)
    const stability = 100 * (1 - missing)
    expected.set(memory.id, stability * Math.exp(-Math.max(0, days) / stability))
    const touched = new Date(ana.clock.now() - days * 86_400_000)
    const before = new Date(touched.getTime() - 1000)
    const [lastEncodedAt, lastRecalledAt] = recalled > 0 ? [before, touched] : [touched, null]
    const data = { encodings: said, recalls: recalled, lastEncodedAt, lastRecalledAt }
    await db.prisma.memory.update({ where: { userId_id: { userId: ana.ctx.userId, id: memory.id } }, data })
  }
  const { memories } = await memoryList(ana.ctx, listInput.parse({}))
  expect(memories).toHaveLength(facts.length)
  for (const { id, strength } of memories) expect(strength).toBeCloseTo(expected.get(id) ?? Number.NaN, 6)
  const listed = new Map(memories.map(({ id, strength }) => [id, strength]))
  const { recent, strongest } = await memoryOverview(ana.ctx, { days: 1 })
  const { nodes } = await memoryNetwork(ana.ctx, networkInput.parse({}))
  const alone = await Promise.all([...listed.keys()].map((id) => memoryHistory(ana.ctx, { id })))
  const read = [...recent, ...strongest, ...nodes, ...alone.map(({ memory }) => memory)]
  expect(read.length).toBe(5 + 5 + 2 * facts.length)
  for (const { id, strength } of read) expect(strength).toBe(listed.get(id))
})

test('lists come in pages, newest or strongest first, and refuse a cursor that is none', async () => {
  const ana = await createPerson(db)
  for (let n = 0; n < 5; n++) {
    ana.clock.step(1000)
    await ana.add(`Item ${n}`)
  }
  await ana.add('Item 2')
  const pages = async (order: 'newest' | 'strongest') => {
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page: { memories: { text: string }[]; next: string | null } = await memoryList(
        ana.ctx,
        listInput.parse({ limit: 2, order, cursor }),
      )
      found.push(...texts(page.memories))
      cursor = page.next
    } while (cursor)
    return found
  }
  expect(await pages('newest')).toEqual(['Item 4', 'Item 3', 'Item 2', 'Item 1', 'Item 0'])
  expect((await pages('strongest'))[0]).toBe('Item 2')
  expect((await pages('strongest')).sort()).toEqual((await pages('newest')).sort())
  for (const order of ['newest', 'strongest'] as const) {
    const list = memoryList(ana.ctx, listInput.parse({ order, cursor: "' or true --" }))
    await expect(list).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }
})

test('days are counted in the person’s time zone and activity has no gaps', async () => {
  const ana = await createPerson(db, { timeZone: 'America/Los_Angeles' })
  await ana.say('It is late on the last day of February here')
  ana.clock.step(3 * 86_400_000)
  await ana.say('Three days later')
  await ana.say('And a minute more')
  const overview = await memoryOverview(ana.ctx, { days: 5 })
  expect(overview).toMatchObject({ chats: 1, messages: 3, daysActive: 2 })
  expect(overview.activity.map(({ day, messages }) => `${day} ${messages}`)).toEqual([
    '2026-02-28 0',
    '2026-03-01 1',
    '2026-03-02 0',
    '2026-03-03 0',
    '2026-03-04 2',
  ])
})

test('days are counted in a zone whose name only the browser knows', async () => {
  const ana = await createPerson(db, { timeZone: 'US/Pacific-New' })
  await ana.say('Still February here')
  expect((await memoryOverview(ana.ctx, { days: 1 })).activity).toEqual([
    { day: '2026-03-01', messages: 1, memories: 0 },
  ])
})

test('another person’s memory cannot be read, changed, forgotten, restored, sourced or looked around', async () => {
  const ana = await createPerson(db)
  const eve = await createPerson(db)
  const messageId = await ana.say('I live in Lisbon. I like owls.')
  const [memory] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  const id = memory?.id ?? ''
  const notFound = { code: 'NOT_FOUND' }
  await expect(memoryHistory(eve.ctx, { id })).rejects.toMatchObject(notFound)
  await expect(editMemory(eve.ctx, { id, text: 'x' })).rejects.toMatchObject(notFound)
  await expect(forgetMemory(eve.ctx, { id })).rejects.toMatchObject(notFound)
  await expect(restoreMemory(eve.ctx, { id })).rejects.toMatchObject(notFound)
  await expect(approveSuggestion(eve.ctx, { id })).rejects.toMatchObject(notFound)
  await expect(declineSuggestion(eve.ctx, { id })).rejects.toMatchObject(notFound)
  await expect(addMemory(eve.ctx, { text: 'x', sourceMessageId: messageId })).rejects.toMatchObject(notFound)
  expect(await network(eve, { around: id })).toEqual({ nodes: [], edges: [], total: 0 })
  expect(await kept(eve)).toEqual([])
  expect(await suggested(eve)).toEqual([])
  expect(await memoryOverview(eve.ctx, { days: 1 })).toMatchObject({ memories: 0, messages: 0, daysActive: 0 })
  expect(await kept(ana)).toEqual(['I live in Lisbon.'])
})

test('an id that someone else uses does not give their memory away', async () => {
  const ana = await createPerson(db)
  const eve = await createPerson(db)
  const { memory } = await ana.add('Only mine')
  const { memory: hers } = await eve.add('Something of hers', { id: memory.id })
  expect(hers.text).toBe('Something of hers')
  expect(await kept(ana)).toEqual(['Only mine'])
})

test('where a person lives now takes the place of where they lived, which stays as history', async () => {
  const ana = await createPerson(db)
  await ana.say('I live in Porto.')
  const [porto] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  await ana.say('I moved to Lisbon.')
  expect(await kept(ana)).toEqual(['I moved to Lisbon.'])
  expect(texts(await ana.search('live moved Porto Lisbon', 'memory'))).toEqual(['I moved to Lisbon.'])
  const [lisbon] = (await memoryList(ana.ctx, listInput.parse({}))).memories
  const history = await memoryHistory(ana.ctx, { id: lisbon?.id ?? '' })
  expect(history.supersedes).toMatchObject([
    { text: 'I live in Porto.', status: 'superseded', validTo: expect.any(String) },
  ])
  expect((await memoryHistory(ana.ctx, { id: porto?.id ?? '' })).supersededBy).toMatchObject([{ id: lisbon?.id }])

  await forgetMemory(ana.ctx, { id: lisbon?.id ?? '' })
  expect(await kept(ana)).toEqual(['I live in Porto.'])
  await restoreMemory(ana.ctx, { id: lisbon?.id ?? '' })
  expect(await kept(ana)).toEqual(['I moved to Lisbon.'])
  await restoreMemory(ana.ctx, { id: porto?.id ?? '' })
  expect(await kept(ana)).toEqual(['I live in Porto.'])
  await ana.say('My favourite colour is green. My favourite food is soup.')
  await ana.say('My favourite colour is blue.')
  expect((await kept(ana)).sort()).toEqual([
    'I live in Porto.',
    'My favourite colour is blue.',
    'My favourite food is soup.',
  ])
})

test('memories can be listed by kind and by tag', async () => {
  const ana = await createPerson(db)
  await ana.add('I am allergic to nuts', { tags: ['health', 'food'] })
  await ana.add('The bins go out on Monday', { tags: ['house'] })
  const list = async (filter: object) => texts((await memoryList(ana.ctx, listInput.parse({ filter }))).memories)
  expect(await list({ tag: 'food' })).toEqual(['I am allergic to nuts'])
  expect(await list({ kind: 'fact' })).toEqual(['The bins go out on Monday'])
  expect(await list({ tag: 'food', kind: 'fact' })).toEqual([])
})

test('many are forgotten at once, by name or by the thread they were said in, and come back one by one', async () => {
  const ana = await createPerson(db)
  const eve = await createPerson(db)
  const threadId = await ana.openThread()
  await ana.say('I love hens.', { threadId })
  await ana.say('I like ducks.', { threadId })
  await ana.say('I love geese.')
  const { memory: hers } = await eve.add('I love swans')
  const { memory: named } = await ana.add('Turkeys are loud')
  const { forgotten } = await forgetMemories(ana.ctx, { threadId, ids: [named.id, hers.id] })
  expect(forgotten).toHaveLength(3)
  expect(await kept(ana)).toEqual(['I love geese.'])
  expect(await suggested(ana)).toEqual([])
  expect(await kept(eve)).toEqual(['I love swans'])
  expect(await forgetMemories(eve.ctx, { threadId: ana.firstThread })).toMatchObject({ forgotten: [] })
  for (const id of forgotten) await restoreMemory(ana.ctx, { id })
  expect((await kept(ana)).sort()).toEqual(['I love geese.', 'I love hens.', 'Turkeys are loud'])
})

test('forgetting everything leaves nothing of one person and all of another', async () => {
  const ana = await createPerson(db)
  const eve = await createPerson(db)
  for (const person of [ana, eve]) await person.say('I live in Lisbon.')
  await forgetEverything(ana.ctx)
  const left = async ({ userId }: Person) => {
    const where = { userId }
    const { thread, message, memory, posting, indexedText, textIndex } = db.prisma
    const tables = [thread, message, memory, posting, indexedText, textIndex] as {
      count(of: object): Promise<number>
    }[]
    return Promise.all(tables.map((table) => table.count({ where })))
  }
  expect(await left(ana)).toEqual([0, 0, 0, 0, 0, 0])
  expect(await left(eve)).not.toContain(0)
  expect(await eve.search('Lisbon')).toHaveLength(1)
})

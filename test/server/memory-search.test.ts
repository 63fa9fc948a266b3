import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import type { Reader } from '#server/db/reader.ts'
import { refreshThread } from '#server/memory/conversation.ts'
import { forgetMemory } from '#server/memory/forget.ts'
import { forgetMessage } from '#server/memory/forget-message.ts'
import { ENTRY_BYTES } from '#server/memory/index/entry.ts'
import { searchMemory } from '#server/memory/recall.ts'
import type { ImportedThread } from '#server/transfer/imported.ts'
import { saveThread } from '#server/transfer/save-thread.ts'
import { searchInput } from '#shared/memory.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('a message is found at the very next search, by any of its words in another form', async () => {
  const ana = await createPerson(db)
  await ana.say('Yesterday I was repairing the old bicycles in the cellar')
  const [hit] = await ana.search('Which bicycle did she repair, and with which unheard-of tool?')
  expect(hit).toMatchObject({ kind: 'message', author: 'user', threadTitle: 'A chat', score: 1 })
})

test('nothing is found for words that were never said, nor by someone who has said nothing', async () => {
  const ana = await createPerson(db)
  expect(await ana.search('bicycle')).toEqual([])
  await ana.say('A short walk')
  expect(await ana.search('zeppelin')).toEqual([])
  expect(await ana.search('the of and')).toEqual([])
  expect(await ana.search('😀 !!!')).toEqual([])
})

test('the answer beside the question is found with it', async () => {
  const ana = await createPerson(db)
  await ana.say('Where did you spend the summer in the end, in the mountains?')
  await ana.say('At my uncle’s vineyard near Évora.')
  await ana.say('Let us talk about the tax form now.')
  expect(texts(await ana.search('summer mountains'))).toContain('At my uncle’s vineyard near Évora.')
})

test('memories and messages are searched together, or apart', async () => {
  const ana = await createPerson(db)
  await ana.say('The violin lesson moved to Tuesday')
  await ana.add('My violin teacher is called Petra', { tags: ['music'] })
  expect((await ana.search('violin')).map(({ kind }) => kind).sort()).toEqual(['memory', 'message'])
  expect((await ana.search('violin', 'memory')).map(({ kind }) => kind)).toEqual(['memory'])
  expect((await ana.search('violin', 'message')).map(({ kind }) => kind)).toEqual(['message'])
  expect(texts(await ana.search('music'))).toEqual(['My violin teacher is called Petra'])
})

test('one fact is one hit: the memory stands for the message it came from', async () => {
  const ana = await createPerson(db)
  await ana.say('I live in Lisbon.')
  expect((await ana.search('Lisbon')).map(({ kind }) => kind)).toEqual(['memory'])
  expect((await ana.search('Lisbon', 'message')).map(({ kind }) => kind)).toEqual(['message'])
})

test('a question that asks when prefers the text that says when', async () => {
  const ana = await createPerson(db)
  await ana.say('The marathon training goes on', { threadId: await ana.openThread() })
  await ana.say('The marathon is next month', { threadId: await ana.openThread() })
  expect(texts(await ana.search('When is the marathon?'))[0]).toBe('The marathon is next month')
})

test('a text is found by the date it was said on, in the person’s own time zone', async () => {
  const ana = await createPerson(db, { timeZone: 'Pacific/Auckland' })
  await ana.say('Bought the boat')
  ana.clock.step(24 * 3_600_000 * 40)
  await ana.say('Sold the boat')
  expect(texts(await ana.search('boat on 1 March'))[0]).toBe('Bought the boat')
})

test.each([
  [
    'German',
    'Meine Großmutter hat gestern köstliche Pfannkuchen gebacken.',
    'Wer backt Pfannkuchen mit der Grossmutter?',
  ],
  ['Russian', 'Вчера мы с братом ездили на озеро и ловили рыбу.', 'Куда ездил брат? На какие озёра?'],
  ['Arabic', 'سافرتُ إلى القاهرة مع عائلتي في الصيف الماضي.', 'متى سافر إلى القاهره؟'],
  ['Japanese', '去年の夏、京都で古いお寺を訪れました。', '京都のお寺'],
  ['Chinese', '我在北京住了三年，最喜欢喝茶。', '北京 喝茶'],
  ['Thai', 'ฉันชอบกินข้าวเหนียวมะม่วง', 'มะม่วง'],
  ['French', 'J’ai adopté deux chatons à l’automne.', 'Quel chaton ai-je adopté ?'],
  ['Greek', 'Χθες αγόρασα ένα καινούργιο ποδήλατο.', 'ποδηλατο'],
])('%s is found in its own forms of words', async (_, said, asked) => {
  const person = await createPerson(db)
  await person.say('Something else entirely was said here first.')
  await person.say(said)
  expect(texts(await person.search(asked))[0]).toBe(said)
})

test('a word is found in the language it was said in, whatever the language of the question', async () => {
  const ana = await createPerson(db)
  await ana.say('Ich habe heute mit meinen Freunden drei Wohnungen besichtigt.')
  await ana.say('I have been talking about the weather with the neighbours.')
  expect(texts(await ana.search('Wohnungen'))[0]).toContain('Wohnungen')
  expect(texts(await ana.search('Wohnung'))[0]).toContain('Wohnungen')
})

test('a language that is new to them, and somebody named for the first time, hold at the very next search', async () => {
  const ana = await createPerson(db)
  await ana.say('I have been talking about the weather with the neighbours.')
  expect(await ana.search('Wohnungen')).toEqual([])
  await ana.say('Ich habe mit den Freunden eine Wohnung besichtigt.')
  expect(texts(await ana.search('Wohnungen'))[0]).toContain('eine Wohnung')
  const [theirs, own] = [await ana.openThread('Theirs'), await ana.openThread('Own')]
  await ana.say('The garden is lovely.', { threadId: theirs, authorName: 'Bruno' })
  await ana.say('The garden is lovely.', { threadId: own })
  expect((await ana.search('What does Bruno think of the garden?'))[0]).toMatchObject({ threadTitle: 'Theirs' })
})

test('a text too short to tell its language is found in other forms of its words, even if it is the first', async () => {
  const ana = await createPerson(db)
  await ana.say('Pizza in a box')
  expect(texts(await ana.search('pizzas'))).toEqual(['Pizza in a box'])
  await ana.say('A kite in a cloud')
  expect(texts(await ana.search('kites'))[0]).toBe('A kite in a cloud')
})

test('emoji, right-to-left text, lone surrogates and very long texts are taken and found', async () => {
  const ana = await createPerson(db)
  const long = `${'word '.repeat(19_990)}needle`
  await ana.say(long)
  await ana.say('🎉🎉 party \u202Eright to left\u202C שלום עולם', { threadId: await ana.openThread() })
  expect(texts(await ana.search('needle'))).toEqual([long])
  expect(texts(await ana.search('שלום'))[0]).toContain('party')
})

test('nobody finds another’s texts, whichever way they read', async () => {
  const ana = await createPerson(db)
  const eve = await createPerson(db)
  await ana.say('My secret garden is behind the mill')
  await ana.add('The garden gate code is 7788')
  await eve.say('I would like a garden too')
  expect(texts(await eve.search('secret garden gate code mill'))).toEqual(['I would like a garden too'])
  expect(await eve.search('garden', 'memory')).toEqual([])
})

test('a deleted thread is gone from search and comes back with the thread', async () => {
  const ana = await createPerson(db)
  const { userId, firstThread: threadId } = ana
  await ana.say('The lighthouse keeper waved')
  const deleted = (deletedAt: Date | null) =>
    db.prisma.$transaction(async (tx) => {
      await tx.thread.update({ where: { userId_id: { userId, id: threadId } }, data: { deletedAt } })
      await refreshThread(tx, { userId, threadId })
    })
  await deleted(new Date())
  expect(await ana.search('lighthouse')).toEqual([])
  expect(await db.prisma.posting.count({ where: { userId } })).toBe(0)
  await deleted(null)
  expect(texts(await ana.search('lighthouse'))).toEqual(['The lighthouse keeper waved'])
})

test('taking texts out of the index leaves exactly what never holding them would have left', async () => {
  const [ana, bea] = [await createPerson(db), await createPerson(db)]
  const kept = ['A red kite above the field', 'Kites are birds of prey']
  for (const text of kept) await bea.add(text)
  await ana.add(kept[0] as string)
  const { memory } = await ana.add('A red red kite of paper')
  await ana.add(kept[1] as string)
  await forgetMemory(ana.ctx, { id: memory.id })
  const scores = async (person: typeof ana) =>
    (await person.search('red kite')).map(({ text, score }) => ({ text, score }))
  expect(await scores(ana)).toEqual(await scores(bea))
  const sizes = async ({ userId }: typeof ana) => {
    const { texts, terms } = await db.prisma.textIndex.findUniqueOrThrow({ where: { userId } })
    return { texts, terms, postings: await db.prisma.posting.count({ where: { userId } }) }
  }
  expect(await sizes(ana)).toEqual(await sizes(bea))
})

test('of words that many texts hold only what has changed is read again, and that at the very next search', async () => {
  const ana = await createPerson(db)
  await db.prisma.$transaction((tx) => saveThread(tx, ana.userId, threadOf(400, ['A kite flies', 'A cloud passes'])))
  let read = 0
  const counted = async (...query: Parameters<Reader['$queryRaw']>) => {
    const rows = await db.reader.$queryRaw(...query)
    read += JSON.stringify(rows).length
    return rows
  }
  const reader: Reader = { $queryRaw: counted as Reader['$queryRaw'] }
  const find = async () => {
    read = 0
    const { hits } = await searchMemory(
      { ...ana.ctx, deps: { ...ana.ctx.deps, db: { ...db, reader } } },
      searchInput.parse({ query: 'kite cloud', limit: 100 }),
    )
    return { found: texts(hits), read }
  }
  await find()
  const first = await find()
  const second = await find()
  expect(second.found).toEqual(first.found)
  expect(first.read - second.read).toBeGreaterThan(2 * 200 * ENTRY_BYTES)
  const messageId = await ana.say('The kite, the kite and the kite went into the cloud')
  expect((await find()).found).toContain('The kite, the kite and the kite went into the cloud')
  await forgetMessage(ana.ctx, { messageId })
  expect((await find()).found).toEqual(first.found)
})

function threadOf(count: number, said: string[]): ImportedThread {
  const createdAt = new Date('2026-01-01')
  const messages = Array.from({ length: count }, (_, at) => ({
    key: `${at}`,
    author: 'user' as const,
    authorName: null,
    text: `${said[at % said.length]} over the hill`,
    createdAt,
  }))
  return { key: 'kites', title: '', createdAt, messages }
}

import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { snippet, sought } from '#server/memory/text/snippet.ts'
import { recallOnly } from '#server/model/recall-only.ts'
import type { Me } from '#shared/session.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database
let chat: Awaited<ReturnType<typeof openChat>>
let me: Me
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
  chat = await openChat({ db, model: recallOnly })
})
afterAll(async () => {
  await chat.close()
  await db.close()
})
beforeEach(async () => {
  me = await createUser(db)
  ana = chat.as(me)
})

async function say(text: string, threadId = v7()) {
  const input = message(text, threadId)
  await ana.chat.send(input)
  await readTail(ana, input.replyId)
  return input
}

describe('chat.search', () => {
  it('finds messages by what they say and threads by their titles, each with where the words stand', async () => {
    const said = await say(`${'Once there was a house. '.repeat(20)}The lighthouse of Nazaré shines at night.`)
    await ana.chat.rename({ id: said.threadId, title: 'Coast trip' })
    const { messages } = await ana.chat.search({ query: 'lighthouses in Nazaré' })
    expect(messages[0]).toMatchObject({ id: said.messageId, threadId: said.threadId, threadTitle: 'Coast trip' })
    const [found] = messages
    const marked = found?.matches.map(([start, end]) => found.text.slice(start, end))
    expect(marked).toEqual(['lighthouse', 'Nazaré'])
    expect((await ana.chat.search({ query: 'coast' })).threads.map(({ id }) => id)).toEqual([said.threadId])
  })

  it('finds nothing of deleted or temporary threads, nor of another person', async () => {
    const kept = await say('The violin is in the attic.')
    const deleted = await say('The violin was sold.')
    await ana.chat.delete({ id: deleted.threadId })
    const hidden = v7()
    await ana.chat.create({ id: hidden, temporary: true })
    await say('The violin is a secret.', hidden)
    const { messages } = await ana.chat.search({ query: 'violin' })
    expect(messages.map(({ threadId }) => threadId)).toEqual([kept.threadId])
    const bob = chat.as(await createUser(db))
    expect(await bob.chat.search({ query: 'violin' })).toEqual({ threads: [], messages: [] })
  })

  it('takes the last word for the beginning of one while nobody has said it whole, and words of a title in any order', async () => {
    const garden = await say('The garden behind our house needs a gardener.')
    await ana.chat.rename({ id: garden.threadId, title: 'Summer in the garden' })
    const card = await say('He wrote a card')
    const carpet = await say('They bought an old carpet')
    const found = async (query: string) => {
      const { messages } = await ana.chat.search({ query })
      return messages.filter(({ author }) => author === 'user').map(({ id }) => id)
    }
    expect(await found('gar')).toEqual([garden.messageId])
    expect(await found('our GARDE')).toEqual([garden.messageId])
    expect(await found('gar ')).toEqual([])
    expect(await found('ga')).toEqual([])
    expect(await found('card')).toEqual([card.messageId])
    expect(await found('car')).toEqual(expect.arrayContaining([card.messageId, carpet.messageId]))
    const { messages, threads } = await ana.chat.search({ query: 'gard summ' })
    expect(messages).toEqual([])
    expect(threads.map(({ id }) => id)).toEqual([garden.threadId])
    const [hit] = (await ana.chat.search({ query: 'gar' })).messages
    expect(hit?.matches.map(([start, end]) => hit.text.slice(start, end))).toEqual(['garden', 'gardener'])
    const walk = await say('I go walking on Sundays')
    for (const typed of ['walk', 'walki', 'walkin', 'walking']) expect(await found(typed)).toEqual([walk.messageId])
    expect(await found('walnu')).toEqual([])
    const bob = chat.as(await createUser(db))
    expect((await bob.chat.search({ query: 'gar' })).messages).toEqual([])
  })

  it('takes signs of patterns for what they are', async () => {
    await ana.chat.rename({ id: (await say('x')).threadId, title: '100% wool_socks' })
    expect((await ana.chat.search({ query: '100%' })).threads).toHaveLength(1)
    expect((await ana.chat.search({ query: '%' })).threads).toHaveLength(1)
    expect((await ana.chat.search({ query: '10_%' })).threads).toHaveLength(0)
  })
})

describe('a thread opened at a message', () => {
  it('shows what stands around it, and pages both ways without a gap', async () => {
    const id = v7()
    await ana.chat.create({ id })
    const ids = Array.from({ length: 40 }, () => v7())
    await db.prisma.message.createMany({
      data: ids.map((messageId, index) => ({
        userId: me.id,
        id: messageId,
        threadId: id,
        author: 'user' as const,
        text: `${index}`,
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(index / 2))),
      })),
    })
    const middle = await ana.chat.thread({ id, around: ids[20], limit: 10 })
    const texts = middle.messages.map(({ text }) => text)
    expect(texts).toContain('20')
    expect(texts).toHaveLength(10)
    for (let cursor = middle.earlier; cursor; ) {
      const page = await ana.chat.thread({ id, before: cursor, limit: 7 })
      texts.unshift(...page.messages.map(({ text }) => text))
      cursor = page.earlier
    }
    for (let cursor = middle.later; cursor; ) {
      const page = await ana.chat.thread({ id, after: cursor, limit: 7 })
      texts.push(...page.messages.map(({ text }) => text))
      cursor = page.later
    }
    expect(texts).toHaveLength(40)
    expect(new Set(texts).size).toBe(40)
    expect(texts.map((text) => Math.floor(Number(text) / 2))).toEqual(texts.map((_, index) => Math.floor(index / 2)))
    const other = await say('elsewhere')
    await expect(ana.chat.thread({ id, around: other.messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('chat.export', () => {
  it('gives the branch one reads as Markdown, and every branch as JSON', async () => {
    const first = await say('Where is Faro?')
    await ana.chat.rename({ id: first.threadId, title: 'Faro / South' })
    const edited = { ...message('Where is Tavira?', first.threadId), parentId: null }
    await ana.chat.send(edited)
    await readTail(ana, edited.replyId)
    const text = await ana.chat.export({ id: first.threadId, format: 'markdown' })
    expect(text).toMatchObject({ filename: 'Faro-South.md', mediaType: 'text/markdown' })
    expect(text.content).toMatch(/^# Faro \/ South\n\n\*\*You\*\*, .*\n\nWhere is Tavira\?\n\n\*\*Moneta\*\*/)
    expect(text.content).not.toContain('Where is Faro?')
    const json = await ana.chat.export({ id: first.threadId, format: 'json' })
    expect(JSON.parse(json.content)).toMatchObject({
      format: 'moneta',
      threads: [
        {
          title: 'Faro / South',
          messages: [{ text: 'Where is Faro?' }, {}, { text: 'Where is Tavira?' }, {}],
        },
      ],
    })
    const bob = chat.as(await createUser(db))
    await expect(bob.chat.export({ id: first.threadId, format: 'json' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a snippet', () => {
  it.each([
    ['a short text is shown whole', 'The cat sat.', 'cat', 'The cat sat.', ['cat']],
    ['endings may differ', 'They were walking home.', 'walk', 'They were walking home.', ['walking']],
    ['a word within a word is none', 'A category', 'cat', 'A category', []],
    ['an ending after an apostrophe is none', "Caroline's cat", 'caroline', "Caroline's cat", ['Caroline']],
    ['a name with an apostrophe is whole', 'Zoë’s café', "zoë's", 'Zoë’s café', ['Zoë’s']],
    ['a script without spaces', '京都の庭が好きです', '庭 京都', '京都の庭が好きです', ['京都', '庭']],
    ['a query may hold anything', 'a+b (c) [d', '+ ( [ \\ *', 'a+b (c) [d', []],
  ] as const)('%s', (_, text, query, shown, marked) => {
    const found = snippet({ text, author: 'user' }, sought(query))
    expect(found.text).toBe(shown)
    expect(found.matches.map(([start, end]) => found.text.slice(start, end))).toEqual(marked)
  })

  it('never cuts a character in two', () => {
    const { text } = snippet({ text: '😀'.repeat(400), author: 'user' }, sought('x'))
    expect(text.isWellFormed()).toBe(true)
    expect(text.length).toBeLessThan(200)
  })
})

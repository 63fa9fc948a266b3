import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import type { Me } from '#shared/session.ts'
import { type Caller, createUser, openChat } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database
let chat: Awaited<ReturnType<typeof openChat>>
let me: Me
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
  chat = await openChat({ db })
})
afterAll(async () => {
  await chat.close()
  await db.close()
})
beforeEach(async () => {
  me = await createUser(db)
  ana = chat.as(me)
})

const minute = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, index))

/** Threads named 0, 1, 2 …, each a minute younger than the one before. */
async function createThreads(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => v7())
  await db.prisma.thread.createMany({
    data: ids.map((id, index) => ({ userId: me.id, id, title: `${index}`, activeAt: minute(index) })),
  })
  return ids
}

async function createMessages(threadId: string, count: number): Promise<void> {
  const at = (index: number) => minute(Math.floor(index / 3))
  await db.prisma.message.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      userId: me.id,
      id: v7(),
      threadId,
      author: 'user' as const,
      text: `${index}`,
      createdAt: at(index),
    })),
  })
}

async function allTitles(limit: number): Promise<string[]> {
  const titles: string[] = []
  let cursor: string | null = null
  do {
    const page = await ana.chat.threads({ cursor, limit })
    titles.push(...page.threads.map(({ title }) => title))
    cursor = page.next
  } while (cursor)
  return titles
}

describe('chat.threads', () => {
  it('is empty for somebody new', async () => {
    expect(await ana.chat.threads({})).toEqual({ threads: [], next: null, last: null })
  })

  it('lists the newest first, and every one of them once, page by page', async () => {
    await createThreads(23)
    const expected = Array.from({ length: 23 }, (_, index) => `${22 - index}`)
    expect(await allTitles(5)).toEqual(expected)
    expect(await allTitles(23)).toEqual(expected)
  })

  it('keeps pinned threads on top, on the first pages only', async () => {
    const ids = await createThreads(7)
    await ana.chat.pin({ id: ids[1] ?? '', pinned: true })
    await ana.chat.pin({ id: ids[4] ?? '', pinned: true })
    expect(await allTitles(1)).toEqual(['4', '1', '6', '5', '3', '2', '0'])
    expect(await allTitles(3)).toEqual(['4', '1', '6', '5', '3', '2', '0'])
  })

  it('brings the newest thread with its last messages on the first page, pinned or not', async () => {
    const ids = await createThreads(3)
    await ana.chat.pin({ id: ids[0] ?? '', pinned: true })
    await createMessages(ids[2] ?? '', 4)
    const first = await ana.chat.threads({ limit: 2 })
    expect(first.last?.thread.title).toBe('2')
    expect(first.last?.messages.map(({ text }) => text)).toEqual(['0', '1', '2', '3'])
    expect((await ana.chat.threads({ cursor: first.next })).last).toBeNull()
  })

  it('leaves out archived, deleted and temporary threads', async () => {
    const ids = await createThreads(4)
    await ana.chat.archive({ id: ids[0] ?? '', archived: true })
    await ana.chat.delete({ id: ids[1] ?? '' })
    await ana.chat.create({ id: v7(), temporary: true })
    expect(await allTitles(10)).toEqual(['3', '2'])
    expect((await ana.chat.threads({ archived: true })).threads.map(({ title }) => title)).toEqual(['0'])
    await ana.chat.restore({ id: ids[1] ?? '' })
    expect(await allTitles(10)).toEqual(['3', '2', '1'])
  })

  it('refuses a cursor that is not its own', async () => {
    await expect(ana.chat.threads({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(ana.chat.thread({ id: v7(), before: "' or 1=1" })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('chat.thread', () => {
  it('opens at the end and pages upward through every message once, also those of one moment', async () => {
    const [id = ''] = await createThreads(1)
    await createMessages(id, 50)
    const texts: string[] = []
    let before: string | null = null
    do {
      const page = await ana.chat.thread({ id, before, limit: 7 })
      texts.unshift(...page.messages.map(({ text }) => text))
      before = page.earlier
    } while (before)
    expect(texts).toHaveLength(50)
    expect(new Set(texts).size).toBe(50)
    expect(texts.map((text) => Math.floor(Number(text) / 3))).toEqual(texts.map((_, index) => Math.floor(index / 3)))
  })

  it('does not know an id that nobody has', async () => {
    await expect(ana.chat.thread({ id: v7() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a thread', () => {
  it('keeps the title that a person gave it', async () => {
    const [id = ''] = await createThreads(1)
    expect(await ana.chat.rename({ id, title: '  Garden  ' })).toMatchObject({ title: 'Garden' })
    await ana.chat.send({ threadId: id, messageId: v7(), replyId: v7(), text: 'Tomatoes need water.' })
    expect((await ana.chat.thread({ id })).thread.title).toBe('Garden')
    await expect(ana.chat.rename({ id, title: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('is made once, however often that is asked', async () => {
    const id = v7()
    const [one, two] = await Promise.all([ana.chat.create({ id }), ana.chat.create({ id })])
    expect(two).toEqual(one)
    expect(one).toMatchObject({ id, title: '', temporary: false, remember: true })
  })

  it('that is temporary is gone for good once deleted', async () => {
    const id = v7()
    await ana.chat.create({ id, temporary: true })
    await ana.chat.send({ threadId: id, messageId: v7(), replyId: v7(), text: 'Between us' })
    await ana.chat.delete({ id })
    await expect(ana.chat.restore({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await db.prisma.message.count({ where: { userId: me.id } })).toBe(0)
  })
})

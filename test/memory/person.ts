import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import type { Caller } from '#server/memory/caller.ts'
import { refreshMessage, rememberSaid } from '#server/memory/conversation.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import { searchMemory } from '#server/memory/recall.ts'
import { addMemory } from '#server/memory/remember.ts'
import type { Clock } from '#shared/clock.ts'
import { addInput, searchInput } from '#shared/memory.ts'

export interface SteppedClock extends Clock {
  step(ms: number): void
}

export function steppedClock(start = '2026-03-01T09:00:00Z'): SteppedClock {
  let now = Date.parse(start)
  return {
    now: () => now,
    monotonic: () => now,
    after: () => () => {},
    step(ms) {
      now += ms
    },
  }
}

interface Saying {
  threadId?: string
  author?: 'user' | 'assistant'
  authorName?: string
  learn?: boolean
}

/** A signed-in person with a chat, as the domains see them. Each thing they say comes a minute after the last. */
export async function createPerson(db: Database, { clock = steppedClock(), timeZone = 'UTC', locale = 'en' } = {}) {
  const userId = uuidv7()
  const createdAt = new Date(clock.now())
  await db.prisma.user.create({ data: { id: userId, issuer: 'test', subject: userId, timeZone, locale, createdAt } })
  const ctx: Caller = { deps: { db, clock }, user: { timeZone }, userId }

  async function openThread(title = 'A chat'): Promise<string> {
    const id = uuidv7()
    await db.prisma.thread.create({ data: { userId, id, title } })
    return id
  }

  const firstThread = await openThread()

  return {
    ctx,
    userId,
    clock,
    firstThread,
    openThread,
    async say(text: string, { threadId = firstThread, author = 'user', authorName, learn = true }: Saying = {}) {
      clock.step(60_000)
      const message = {
        id: uuidv7({ msecs: clock.now() }),
        threadId,
        author,
        authorName: authorName ?? null,
        text,
        createdAt: new Date(clock.now()),
      }
      await db.prisma.$transaction(async (tx) => {
        await tx.message.create({ data: { userId, ...message } })
        if (author === 'user') await rememberSaid(tx, await lockIndex(tx, userId), { userId, message, learn })
        else await refreshMessage(tx, userId, message.id)
      })
      return message.id
    },
    add: (text: string, more: { id?: string; tags?: string[]; sourceMessageId?: string; expiresAt?: string } = {}) =>
      addMemory(ctx, addInput.parse({ text, ...more })),
    async search(query: string, kind?: 'memory' | 'message') {
      const { hits } = await searchMemory(ctx, searchInput.parse({ query, kind }))
      return hits
    },
  }
}

export type Person = Awaited<ReturnType<typeof createPerson>>

export function texts(found: readonly { text: string }[]): string[] {
  return found.map(({ text }) => text)
}

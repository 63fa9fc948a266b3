import { v7 } from 'uuid'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { refreshThread } from '#server/memory/conversation.ts'

interface Size {
  dataDir: string
  userId: string
  /** The id of the thread that has all the messages. */
  long: string
  threads: number
  messages: number
}

/** Fills one user's chat, on PGlite in `dataDir` or on the PostgreSQL of DATABASE_URL, while no server is running. */
export async function fillChat({ dataDir, userId, long, threads, messages }: Size): Promise<void> {
  const db = await openDatabase({ dataDir, databaseUrl: process.env.DATABASE_URL ?? null, log: createLog('silent') })
  const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 60_000)
  const rows = Array.from({ length: threads }, (_, index) => ({
    userId,
    id: index === 0 ? long : v7(),
    title: `Conversation ${index}`,
    activeAt: at(index),
  }))
  for (let start = 0; start < threads; start += 1_000) {
    await db.prisma.thread.createMany({ data: rows.slice(start, start + 1_000) })
  }
  const said = Array.from({ length: messages }, (_, index) => ({
    userId,
    id: v7(),
    threadId: long,
    author: index % 2 ? ('assistant' as const) : ('user' as const),
    text: `Message ${index}. ${'Some words about the garden. '.repeat(8)}`,
    createdAt: at(index),
  }))
  for (let start = 0; start < messages; start += 500) {
    await db.prisma.message.createMany({ data: said.slice(start, start + 500) })
  }
  await db.prisma.$transaction((tx) => refreshThread(tx, { userId, threadId: long }), { timeout: 120_000 })
  await db.prisma.$executeRaw`analyze`
  await db.close()
}

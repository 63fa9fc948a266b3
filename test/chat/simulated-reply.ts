import { createLiveReply, type LiveReply, type Reply } from '#server/chat/live-reply.ts'
import type { MessageRow } from '#server/chat/messages.ts'
import { followStored, type StoredReply } from '#server/chat/stored-reply.ts'
import type { Message } from '#shared/chat.ts'
import { FakeClock } from '../clock.ts'

export const REPLY = '0190b8a2-0000-7000-8000-000000000001'

/** Everything that is waiting for a promise has run. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** One reply, the process that writes it, and what the database holds of it. */
export function createSimulatedReply() {
  const clock = new FakeClock()
  const stored: MessageRow = {
    id: REPLY,
    threadId: REPLY,
    parentId: null,
    author: 'assistant',
    authorName: null,
    text: '',
    status: 'streaming',
    failure: null,
    model: 'scripted',
    run: 1,
    forgotten: false,
    createdAt: new Date(0),
  }
  const describe = (row: MessageRow) =>
    ({ ...row, createdAt: row.createdAt.toISOString(), recalled: [], remembered: [] }) as Message
  let live: LiveReply | null = createLiveReply(1, '', clock)
  const followers = new Set<StoredReply>()
  let elsewhere = false

  /** What is read is a little old when it arrives. */
  async function read() {
    const row = { ...stored }
    await settle()
    return row
  }
  /** As PostgreSQL keeps it: UTF-8 without NUL. */
  function write(text: string) {
    if (text.includes('\0')) throw new Error('invalid byte sequence for encoding "UTF8": 0x00')
    stored.text = Buffer.from(text).toString()
  }

  async function followFromDatabase(): Promise<Reply> {
    const follower = await followStored(
      { ...stored },
      { clock, load: read, describe: async (row) => describe(row), onDone: () => {} },
    )
    followers.add(follower)
    return follower
  }
  function announce() {
    for (const follower of followers) follower.refresh()
  }
  return {
    clock,
    followHere: async () => live ?? followFromDatabase(),
    followFromDatabase,
    say: (piece: string) => live?.append(piece),
    save(heard: boolean) {
      if (!live) return
      write(live.text)
      if (heard) announce()
    },
    die(heard: boolean) {
      if (!live) return
      live = null
      stored.status = 'interrupted'
      if (heard) announce()
    },
    goOn() {
      if (live || elsewhere) return false
      stored.run += 1
      stored.status = 'streaming'
      live = createLiveReply(stored.run, stored.text, clock)
      return true
    },
    /** Another process took over, for this one was held up; its own writing ends. */
    lose() {
      if (!live) return
      const late = live
      live = null
      stored.run += 1
      late.move()
      elsewhere = true
    },
    end(heard: boolean) {
      if (live) write(live.text)
      else write(`${stored.text} by another`)
      stored.status = 'complete'
      live?.finish(describe({ ...stored }))
      if (heard) announce()
    },
    stored,
    /** The answer as it is, wherever it is written. */
    truth: () => live?.text ?? stored.text,
  }
}

import type { Message } from '#shared/chat.ts'
import type { Clock } from '#shared/clock.ts'
import type { Reply } from './live-reply.ts'
import type { MessageRow } from './messages.ts'

/** How often a reply is read although nothing announced it, in milliseconds: an announcement can be lost. */
const POLL_MS = 1_000

/** A reply that another process is writing. */
export interface StoredReply extends Reply {
  /** Reads it again: something was announced. */
  refresh(): void
}

interface World {
  clock: Clock
  load(): Promise<MessageRow | null>
  describe(row: MessageRow): Promise<Message>
  /** Nobody reads it any more, or there is nothing more to read: whoever comes next looks the reply up anew. */
  onDone(): void
}

/** Follows a reply through the database, for any number of readers, for as long as there is one. */
export async function followStored(row: MessageRow, world: World): Promise<StoredReply> {
  const readers = new Set<() => void>()
  let { run, text } = row
  let end: Message | null = null
  let moved = false
  let reading = false
  let again = false
  let cancelPoll = () => {}

  async function take(found: MessageRow | null) {
    if (!found) {
      moved = true
      return
    }
    if (found.status !== 'streaming') end = await world.describe(found)
    run = found.run
    text = found.text
  }

  async function read() {
    cancelPoll()
    reading = true
    do {
      again = false
      const before = text.length
      // What cannot be read now is read at the next poll.
      await world
        .load()
        .then(take)
        .catch(() => {})
      if (end || moved) world.onDone()
      if (text.length !== before || end || moved) for (const onChange of [...readers]) onChange()
    } while (again && !end && !moved)
    reading = false
    if (readers.size > 0 && !end && !moved) cancelPoll = world.clock.after(POLL_MS, read)
  }

  function refresh() {
    if (reading) again = true
    else if (readers.size > 0 && !end && !moved) void read()
  }

  await take(row)
  return {
    get run() {
      return run
    },
    get text() {
      return text
    },
    get end() {
      return end
    },
    get moved() {
      return moved
    },
    refresh,
    subscribe(onChange) {
      readers.add(onChange)
      refresh()
      return () => {
        readers.delete(onChange)
        if (readers.size > 0) return
        cancelPoll()
        world.onDone()
      }
    },
  }
}

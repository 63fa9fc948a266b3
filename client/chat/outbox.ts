import type { TextStore } from '#client/ui/text-store.ts'
import type { Clock } from '#shared/clock.ts'

/** A message that the server is not known to have. */
export interface Unsent {
  threadId: string
  messageId: string
  replyId: string
  /** Null: the first of its thread, or a sibling of the first. */
  parentId: string | null
  text: string
  /** ISO-8601 UTC. */
  createdAt: string
  /** The thread is made with this message. */
  newThread: boolean
  temporary: boolean
  /** The model chosen for a new thread; null is the default one. */
  model: string | null
  /** Why the server refused it, for the reader; null while it waits. */
  failure: string | null
}

interface OutboxWorld {
  store: TextStore
  userId: string
  clock: Clock
  /** 0 up to 1. */
  random: () => number
  /** Brings one message to the server; bringing it twice must store it once. */
  deliver: (unsent: Unsent) => Promise<void>
  /** Why the server will not have it however often it is sent; null when a later attempt may succeed. */
  refusal: (error: unknown, attempt: number) => string | null
}

export interface Outbox {
  /** Oldest first; the same array until something changes. */
  entries(): readonly Unsent[]
  subscribe(listener: () => void): () => void
  add(unsent: Unsent): void
  retry(messageId: string): void
  /** Takes a message back; one that waits behind it takes its place. */
  discard(messageId: string): Unsent | null
  /** The network, the tab or the session is back: try now. */
  wake(): void
  /** Loads what an earlier page left, and sends. Returns what stops it. */
  start(): () => void
}

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/**
 * Sends in the order written, one at a time, until the server has each. A message it refuses is marked and holds back
 * those of its thread alone. Each entry is stored by itself, so that tabs cannot overwrite each other's.
 */
export function createOutbox({ store, userId, clock, random, deliver, refusal }: OutboxWorld): Outbox {
  const prefix = `moneta:${userId}:unsent:`
  const listeners = new Set<() => void>()
  let entries: readonly Unsent[] = []
  let started = false
  let busy = false
  let attempts = 0
  let cancelRetry = () => {}

  function publish(next: readonly Unsent[]) {
    entries = next
    for (const listener of listeners) listener()
  }

  function load() {
    publish(
      store
        .names(prefix)
        .flatMap((name) => parse(store.read(name)))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.messageId.localeCompare(b.messageId)),
    )
  }

  function replace(entry: Unsent) {
    store.write(prefix + entry.messageId, JSON.stringify(entry))
    publish(entries.map((each) => (each.messageId === entry.messageId ? entry : each)))
  }

  function remove(messageId: string) {
    store.remove(prefix + messageId)
    publish(entries.filter((each) => each.messageId !== messageId))
  }

  function next(): Unsent | undefined {
    const held = new Set<string>()
    return entries.find((entry) => {
      if (entry.failure !== null) held.add(entry.threadId)
      return !held.has(entry.threadId)
    })
  }

  async function pump(): Promise<void> {
    const entry = next()
    if (!started || busy || !entry) return
    busy = true
    cancelRetry()
    try {
      await deliver(entry)
      attempts = 0
      remove(entry.messageId)
    } catch (error) {
      attempts += 1
      const failure = refusal(error, attempts)
      if (failure === null) {
        const longest = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1))
        cancelRetry = clock.after(longest * (0.5 + random() / 2), () => void pump())
        return
      }
      attempts = 0
      if (entries.some((each) => each.messageId === entry.messageId)) replace({ ...entry, failure })
    } finally {
      busy = false
    }
    return pump()
  }

  return {
    entries: () => entries,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add(unsent) {
      store.write(prefix + unsent.messageId, JSON.stringify(unsent))
      publish([...entries, unsent])
      void pump()
    },
    retry(messageId) {
      const entry = entries.find((each) => each.messageId === messageId)
      if (entry) replace({ ...entry, failure: null })
      void pump()
    },
    discard(messageId) {
      const gone = entries.find((each) => each.messageId === messageId)
      if (!gone) return null
      const heir = entries.find((each) => each.parentId === gone.replyId)
      remove(messageId)
      if (heir) replace({ ...heir, parentId: gone.parentId, newThread: gone.newThread })
      void pump()
      return gone
    },
    wake() {
      attempts = 0
      void pump()
    },
    start() {
      started = true
      load()
      const unwatch = store.watch((name) => {
        if (!name.startsWith(prefix)) return
        load()
        void pump()
      })
      void pump()
      return () => {
        started = false
        cancelRetry()
        unwatch()
      }
    },
  }
}

function parse(stored: string | null): Unsent[] {
  try {
    return stored === null ? [] : [JSON.parse(stored)]
  } catch {
    return []
  }
}

import { z } from 'zod'
import { id, TEXT_LIMIT, text } from './text.ts'

export type Author = 'user' | 'assistant'
export type MessageStatus = 'streaming' | 'complete' | 'interrupted' | 'failed'

/** A thread as the list shows it: never a body. Times are ISO-8601 UTC. */
export interface ThreadSummary {
  id: string
  title: string
  pinned: boolean
  archived: boolean
  /** Leaves nothing behind: neither searchable nor remembered. */
  temporary: boolean
  /** False: nothing said here becomes a memory. */
  remember: boolean
  tags: string[]
  /** The model chosen for it, as `chat.models` names it; null is the default one. */
  model: string | null
  createdAt: string
  activeAt: string
}

/** A language model that a thread may choose. */
export interface ModelOption {
  id: string
  name: string
  /** Configured by whoever runs this server, or found on its machine. */
  source: 'configured' | 'ollama'
}

/** A memory or a message that a reply used. */
export interface Recalled {
  kind: 'memory' | 'message'
  id: string
  /** As it reads now, cut to 400 characters; null once it was forgotten. */
  text: string | null
  threadId: string | null
  createdAt: string
  /** Relevance as `memory.search` scores it: the best hit of a search is about 1. */
  score: number
}

/** A memory that was made from a message, or is proposed to be. */
export interface Remembered {
  id: string
  text: string
  status: 'kept' | 'suggested'
}

export interface Message {
  id: string
  threadId: string
  /** The message this one follows; siblings share it. */
  parentId: string | null
  author: Author
  authorName: string | null
  text: string
  status: MessageStatus
  /** Why it failed, in words for the reader. */
  failure: string | null
  model: string | null
  createdAt: string
  /** Whether the person asked not to remember it: it stays in its thread, and is neither searched nor learned from. */
  forgotten: boolean
  /** What this reply used. */
  recalled: Recalled[]
  /** What was remembered from this message. */
  remembered: Remembered[]
}

/**
 * A page of a thread, oldest first. `earlier` as `before` fetches the page before it, `later` as `after` the one after
 * it; there is a `later` only where the thread was opened in the middle.
 */
export interface ThreadPage {
  thread: ThreadSummary
  messages: Message[]
  earlier: string | null
  later?: string
}

/** A message that a search found. */
export interface FoundMessage {
  id: string
  threadId: string
  threadTitle: string
  author: Author
  createdAt: string
  /** The part of the message that answers best, on one line. */
  text: string
  /** Where in `text` words of the query stand, as [start, end) in UTF-16 code units. */
  matches: [number, number][]
  /** Relevance: the best hit of a search is about 1. */
  score: number
}

export interface ThreadSearch {
  /** Threads whose title holds the query, newest first. */
  threads: ThreadSummary[]
  /** Best first. */
  messages: FoundMessage[]
}

/** A thread as a file. */
export interface ExportedThread {
  filename: string
  mediaType: string
  content: string
}

export interface ThreadList {
  threads: ThreadSummary[]
  next: string | null
  /** The newest thread with its last messages, on the first page only: one request paints the whole screen. */
  last: ThreadPage | null
}

export interface Sent {
  message: Message
  reply: Message
  /** The thread, where this message has begun it. */
  thread?: ThreadSummary
}

/**
 * What `chat.tail` tells about one reply. `offset` is the number of UTF-16 code units of the answer known after this
 * event, so a reader that knows n of them drops the first n of `text` counted from `offset - text.length`.
 */
export type TailEvent =
  | { type: 'delta'; offset: number; text: string }
  /** `text` is the whole answer so far and replaces what the reader had: the end of that was lost with its server. */
  | { type: 'reset'; offset: number; text: string }
  /** `reply.text` is the answer as it is kept. */
  | { type: 'end'; offset: number; reply: Message }

/** What was put before the language model for one reply, to the letter. */
export interface ReplyContext {
  replyId: string
  model: string | null
  turns: { role: 'system' | 'user' | 'assistant'; text: string }[]
  /** Earlier messages of the thread that did not fit. */
  omitted: number
  recalled: Recalled[]
  createdAt: string
}

const tag = z.string().trim().min(1).max(60)

export const threadsInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(30),
  archived: z.boolean().default(false),
  /** Only threads with this tag. */
  tag: tag.optional(),
})

export const threadInput = z.object({
  id,
  before: z.string().max(200).nullish(),
  after: z.string().max(200).nullish(),
  /** A message to open the thread at, when neither `before` nor `after` is given. */
  around: id.nullish(),
  limit: z.number().int().min(1).max(200).default(50),
})

export const threadSearchInput = z.object({
  query: text(500, 'The search'),
  limit: z.number().int().min(1).max(100).default(20),
})

export const exportInput = z.object({ id, format: z.enum(['markdown', 'json']) })

const modelId = z.string().min(1).max(300)

export const createInput = z.object({ id, temporary: z.boolean().default(false) })

export const sendInput = z.object({
  threadId: id,
  /** Made by the client: sending it twice stores it once. */
  messageId: id,
  replyId: id,
  text: text(TEXT_LIMIT, 'The message'),
  /** The message this one follows; left out, the newest of the thread. Two with one parent are siblings. */
  parentId: id.nullish(),
  /** What the thread is to be, where this message begins it; for one that is there already it changes nothing. */
  newThread: z
    .object({ temporary: z.boolean().default(false), model: modelId.nullable().default(null) })
    .default({ temporary: false, model: null }),
})

export const tailInput = z.object({
  replyId: id,
  /** Set by the client's link on a reconnect: the run of the reply and the offset known of it. */
  lastEventId: z
    .string()
    .regex(/^\d{1,9}\.\d{1,9}$/, 'This is not an event of this stream')
    .nullish(),
})

export const regenerateInput = z.object({
  /** The reply to answer anew; the new one becomes its sibling. */
  replyId: id,
  newReplyId: id,
})

export const renameInput = z.object({ id, title: text(200, 'The title') })
export const pinInput = z.object({ id, pinned: z.boolean() })
export const archiveInput = z.object({ id, archived: z.boolean() })
export const rememberInput = z.object({ id, remember: z.boolean() })
export const tagInput = z.object({ id, tags: z.array(tag).max(20) })
export const chooseModelInput = z.object({ id, model: modelId.nullable() })
export const threadIdInput = z.object({ id })
export const replyIdInput = z.object({ replyId: id })

import { z } from 'zod'
import { MEMORY_LIMIT } from './limits.ts'
import { kind, memoryFilter, tag } from './memory-filter.ts'
import { id, text } from './text.ts'

export { MEMORY_LIMIT }

export type MemoryStatus = 'kept' | 'suggested' | 'declined' | 'superseded' | 'forgotten'
export type MemoryOrigin = 'person' | 'chat' | 'model' | 'import'
export type LinkReason = 'similar' | 'person' | 'place' | 'supersedes' | 'conversation'
export type EntityKind = 'person' | 'place' | 'date'

/**
 * Someone, somewhere or some time that a memory speaks of. A date is named in ISO 8601 as far as it was said:
 * `2026-03-14`, `2026-03`, `2026`, and `--03-14` for a day of every year.
 */
export interface Entity {
  kind: EntityKind
  name: string
}

/** Where a memory or a message was said. */
export interface Source {
  messageId: string
  threadId: string
  threadTitle: string
}

/** Times are ISO-8601 UTC. */
export interface Memory {
  id: string
  text: string
  kind: string
  tags: string[]
  /** In the order in which they are spoken of. */
  entities: Entity[]
  status: MemoryStatus
  origin: MemoryOrigin
  /** How well it is remembered now, 0 to 100: see server/memory/strength.ts. */
  strength: number
  source: Source | null
  version: number
  validFrom: string
  validTo: string | null
  expiresAt: string | null
  createdAt: string
  updatedAt: string
}

/** One text that answers a search, best first. */
export interface Hit {
  kind: 'memory' | 'message'
  id: string
  text: string
  author: 'user' | 'assistant' | null
  authorName: string | null
  threadId: string | null
  threadTitle: string | null
  createdAt: string
  /** Relevance: the best hit of a search is about 1. */
  score: number
}

/** A hit as a list shows it. */
export interface Found extends Hit {
  /** The part of the text that answers best, on one line. */
  snippet: string
  /** Where in `snippet` words of the query stand, as [start, end) in UTF-16 code units. */
  matches: [number, number][]
}

/** What became of an addition: a known fact is strengthened, never stored twice. */
export interface Added {
  memory: Memory
  outcome: 'added' | 'strengthened'
}

export interface NetworkNode {
  id: string
  text: string
  kind: string
  /** History that a memory took the place of is shown beside it where there is room. */
  status: 'kept' | 'superseded'
  /** What was asked for: found by the search, named, or used by the reply. The others are its neighbours. */
  focus: boolean
  strength: number
  createdAt: string
}

export interface NetworkEdge {
  from: string
  to: string
  /** 0 to 1. */
  weight: number
  reason: LinkReason
  /** The person or the place that both speak of, where that is the reason. */
  through: string | null
}

export interface Network {
  nodes: NetworkNode[]
  edges: NetworkEdge[]
  /** How many memories there are in all; `nodes` may be the most telling part of them. */
  total: number
}

/** `day` is YYYY-MM-DD in the user's time zone. */
export interface ActivityDay {
  day: string
  messages: number
  memories: number
}

/** How many of a person's texts the embedding model has read, or refused to, of those there are. */
export interface EmbeddingProgress {
  texts: number
  of: number
}

export interface MemoryOverview {
  memories: number
  suggestions: number
  chats: number
  messages: number
  /** Days, in the user's time zone, on which they wrote anything. */
  daysActive: number
  /** Null where there is no embedding model. */
  embedding: EmbeddingProgress | null
  /** The last `days` days, oldest first, without gaps. */
  activity: ActivityDay[]
  recent: Memory[]
  strongest: Memory[]
}

/** A memory with all that is known of how it came to be. */
export interface MemoryHistory {
  memory: Memory
  /** What it said before, newest first. */
  versions: { version: number; text: string; createdAt: string }[]
  /** What it took the place of, and what that had taken the place of before: the latest first. */
  supersedes: Memory[]
  /** What took its place, and what then took that one's: the earliest first. */
  supersededBy: Memory[]
  /** Every message in which it was said, newest first. */
  sources: Source[]
  /** Replies that used it, newest first. */
  usedBy: Source[]
}

export interface MemoryPage {
  memories: Memory[]
  next: string | null
}

const memoryText = text(MEMORY_LIMIT, 'The memory')
const tags = z.array(tag).max(20)

export const addInput = z.object({
  /** Made by the client, if it wants to send again safely. */
  id: id.optional(),
  text: memoryText,
  kind: kind.optional(),
  tags: tags.optional(),
  sourceMessageId: id.optional(),
  expiresAt: z.iso.datetime().nullish(),
})

export const searchInput = z.object({
  query: text(2_000, 'The search'),
  limit: z.number().int().min(1).max(100).default(20),
  kind: z.enum(['memory', 'message']).optional(),
  /** With it, only memories that meet it are found. */
  filter: memoryFilter.optional(),
})

export const networkInput = z
  .object({
    limit: z.number().int().min(1).max(500).default(120),
    /** The neighbourhood of one memory. */
    around: id.optional(),
    /** What one reply used. */
    replyId: id.optional(),
    /** What a search finds. */
    query: text(2_000, 'The search').optional(),
  })
  .refine(({ around, replyId, query }) => [around, replyId, query].filter(Boolean).length <= 1, {
    error: 'Ask for one part of the network: around a memory, of a reply, or of a search',
  })
  .default({ limit: 120 })

export const userInput = z.object({ days: z.number().int().min(1).max(366).default(30) }).default({ days: 30 })

export const listInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
  status: z.enum(['kept', 'suggested']).default('kept'),
  order: z.enum(['newest', 'strongest']).default('newest'),
  filter: memoryFilter.default({}),
})

export const memoryIdInput = z.object({ id })
export const messageIdInput = z.object({ messageId: id })

export const forgetEverythingInput = z.object({
  /** Typed by the person, for there is no way back. */
  confirm: z.literal('forget everything', 'Type "forget everything" to confirm'),
})
export const editInput = z.object({
  id,
  text: memoryText,
  kind: kind.optional(),
  tags: tags.optional(),
  /** Left out, it stays as it is; null, it never expires. */
  expiresAt: z.iso.datetime().nullish(),
})

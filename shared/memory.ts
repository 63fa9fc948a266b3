import { z } from 'zod'
import { MEMORY_LIMIT } from './limits.ts'
import { id, text } from './text.ts'

export { MEMORY_LIMIT }

export type MemoryStatus = 'kept' | 'suggested' | 'declined' | 'superseded' | 'forgotten'
export type MemoryOrigin = 'person' | 'chat' | 'model' | 'import'
export type LinkReason = 'similar' | 'person' | 'place' | 'supersedes' | 'conversation'

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

/** What became of an addition: a known fact is strengthened, never stored twice. */
export interface Added {
  memory: Memory
  outcome: 'added' | 'strengthened'
}

export interface NetworkNode {
  id: string
  text: string
  kind: string
  strength: number
  createdAt: string
}

export interface NetworkEdge {
  from: string
  to: string
  /** 0 to 1. */
  weight: number
  reason: LinkReason
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

export interface MemoryOverview {
  memories: number
  suggestions: number
  chats: number
  messages: number
  /** Days, in the user's time zone, on which they wrote anything. */
  daysActive: number
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
  /** The memory this one replaced, and the one that replaced it. */
  supersedes: Memory | null
  supersededBy: Memory | null
  /** Replies that used it, newest first. */
  usedBy: Source[]
}

export interface MemoryPage {
  memories: Memory[]
  next: string | null
}

const memoryText = text(MEMORY_LIMIT, 'The memory')
const kind = z.string().trim().min(1).max(40)
const tags = z.array(z.string().trim().min(1).max(60)).max(20)

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
})

export const networkInput = z
  .object({
    limit: z.number().int().min(1).max(500).default(120),
    /** The neighbourhood of one memory. */
    around: id.optional(),
    /** What one reply used. */
    replyId: id.optional(),
  })
  .default({ limit: 120 })

export const userInput = z.object({ days: z.number().int().min(1).max(366).default(30) }).default({ days: 30 })

export const listInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
  status: z.enum(['kept', 'suggested']).default('kept'),
  order: z.enum(['newest', 'strongest']).default('newest'),
  /** Only memories of a kind, or with a tag. */
  kind: kind.optional(),
  tag: z.string().trim().min(1).max(60).optional(),
})

export const memoryIdInput = z.object({ id })

export const forgetManyInput = z
  .object({ ids: z.array(id).min(1).max(500).optional(), threadId: id.optional() })
  .refine(({ ids, threadId }) => ids || threadId, 'Say which memories: their ids, or the thread they were said in')

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

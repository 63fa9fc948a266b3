import { z } from 'zod'
import type { Memory, MemoryOrigin } from './memory.ts'
import { memoryFilter } from './memory-filter.ts'
import { id, text } from './text.ts'

/** Something that memories can be narrowed down to, and how many there are of it. */
export interface Facet {
  name: string
  count: number
}

/** What there is to filter by, the most frequent first, at most 100 of each. */
export interface MemoryFacets {
  kinds: Facet[]
  tags: Facet[]
  people: Facet[]
  places: Facet[]
  dates: Facet[]
  origins: (Facet & { name: MemoryOrigin })[]
}

/** The ids of the memories that an action changed, for undoing it. */
export interface ForgottenMany {
  forgotten: string[]
  /** Whether there were more than one call forgets: call again. */
  more: boolean
}

export const facetsInput = z
  .object({ status: z.enum(['kept', 'suggested']).default('kept') })
  .default({ status: 'kept' })

/** As many memories are forgotten or restored by one call at most. */
export const MANY = 5_000
const SAY_WHICH = 'Say which memories: their ids, a thread, a search or a filter'

function saysWhich({ threadId, query, filter }: z.output<typeof selection>): boolean {
  return Boolean(threadId || query || Object.values(filter ?? {}).some(Boolean))
}

/**
 * Those named by `ids`, and those that meet all of the rest: said in the thread, holding every word of the query,
 * passing the filter. `memory.matching` shows what the rest finds.
 */
const selection = z.object({
  threadId: id.optional(),
  query: text(2_000, 'The search').optional(),
  filter: memoryFilter.optional(),
})

export const matchingInput = selection.refine(saysWhich, { error: SAY_WHICH })
export const forgetManyInput = selection
  .extend({ ids: z.array(id).min(1).max(MANY).optional() })
  .refine((input) => input.ids || saysWhich(input), { error: SAY_WHICH })
export const restoreManyInput = z.object({
  ids: z
    .array(id)
    .min(1)
    .max(2 * MANY),
})

/** How many memories a selection holds, and the newest of them. */
export interface Matching {
  total: number
  memories: Memory[]
}

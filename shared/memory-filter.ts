import { z } from 'zod'

export const kind = z.string().trim().min(1).max(40)
export const tag = z.string().trim().min(1).max(60)

/** Narrows memories down; whatever is left out does not matter. */
export const memoryFilter = z.object({
  kind: kind.optional(),
  tag: tag.optional(),
  entity: z.object({ kind: z.enum(['person', 'place', 'date']), name: z.string().trim().min(1).max(200) }).optional(),
  origin: z.enum(['person', 'chat', 'model', 'import']).optional(),
})

export type MemoryFilter = z.infer<typeof memoryFilter>

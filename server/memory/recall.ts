import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Hit, searchInput } from '#shared/memory.ts'

export async function searchMemory(_ctx: UserContext, _input: z.output<typeof searchInput>): Promise<{ hits: Hit[] }> {
  throw new Error('not built')
}

import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { MemoryOverview, userInput } from '#shared/memory.ts'

export async function memoryOverview(_ctx: UserContext, _input: z.output<typeof userInput>): Promise<MemoryOverview> {
  throw new Error('not built')
}

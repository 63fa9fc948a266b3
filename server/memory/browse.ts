import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { listInput, MemoryHistory, MemoryPage, memoryIdInput } from '#shared/memory.ts'

export async function memoryHistory(_ctx: UserContext, _input: z.output<typeof memoryIdInput>): Promise<MemoryHistory> {
  throw new Error('not built')
}

export async function memoryList(_ctx: UserContext, _input: z.output<typeof listInput>): Promise<MemoryPage> {
  throw new Error('not built')
}

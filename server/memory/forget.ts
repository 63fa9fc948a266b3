import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Memory, memoryIdInput } from '#shared/memory.ts'

export async function forgetMemory(_ctx: UserContext, _input: z.output<typeof memoryIdInput>): Promise<void> {
  throw new Error('not built')
}

export async function restoreMemory(_ctx: UserContext, _input: z.output<typeof memoryIdInput>): Promise<Memory> {
  throw new Error('not built')
}

export async function approveSuggestion(_ctx: UserContext, _input: z.output<typeof memoryIdInput>): Promise<Memory> {
  throw new Error('not built')
}

export async function declineSuggestion(_ctx: UserContext, _input: z.output<typeof memoryIdInput>): Promise<void> {
  throw new Error('not built')
}

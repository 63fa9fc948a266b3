import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Added, addInput, editInput, Memory } from '#shared/memory.ts'

export async function addMemory(_ctx: UserContext, _input: z.output<typeof addInput>): Promise<Added> {
  throw new Error('not built')
}

export async function editMemory(_ctx: UserContext, _input: z.output<typeof editInput>): Promise<Memory> {
  throw new Error('not built')
}

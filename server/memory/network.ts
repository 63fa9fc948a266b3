import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Network, networkInput } from '#shared/memory.ts'

export async function memoryNetwork(_ctx: UserContext, _input: z.output<typeof networkInput>): Promise<Network> {
  throw new Error('not built')
}

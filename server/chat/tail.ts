import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { TailEvent, tailInput } from '#shared/chat.ts'

export async function* tail(_ctx: UserContext, _input: z.output<typeof tailInput>): AsyncGenerator<TailEvent> {
  throw new Error('not built')
}

import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { Message, regenerateInput, replyIdInput, Sent, sendInput } from '#shared/chat.ts'

export async function send(_ctx: UserContext, _input: z.output<typeof sendInput>): Promise<Sent> {
  throw new Error('not built')
}

export async function regenerate(_ctx: UserContext, _input: z.output<typeof regenerateInput>): Promise<Sent> {
  throw new Error('not built')
}

export async function continueReply(_ctx: UserContext, _input: z.output<typeof replyIdInput>): Promise<Message> {
  throw new Error('not built')
}

export async function stopReply(_ctx: UserContext, _input: z.output<typeof replyIdInput>): Promise<Message> {
  throw new Error('not built')
}

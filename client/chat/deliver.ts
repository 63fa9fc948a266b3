import { TRPCClientError } from '@trpc/client'
import type { trpc } from '#client/trpc.ts'
import type { AppRouter } from '#shared/router.ts'
import type { Unsent } from './outbox.ts'
import { putMessages } from './thread-pages.ts'

type Utils = ReturnType<typeof trpc.useUtils>

const DEADLINE_MS = 30_000
const TRIES_OF_A_BROKEN_SERVER = 3

/** Brings a message to the server and puts what it became where the page looks for it. */
export function deliverThrough(utils: Utils): (unsent: Unsent) => Promise<void> {
  return async ({ threadId, messageId, replyId, parentId, text, newThread, temporary, model }) => {
    const signal = AbortSignal.timeout(DEADLINE_MS)
    const asked = {
      threadId,
      messageId,
      replyId,
      parentId,
      text,
      ...(newThread ? { newThread: { temporary, model } } : {}),
    }
    const { message, reply, thread } = await utils.client.chat.send.mutate(asked, { signal })
    utils.chat.thread.setData({ id: threadId }, (known) => {
      if (known) return putMessages(known, [message, reply])
      return thread && { thread, messages: [message, reply], earlier: null }
    })
    void utils.memory.invalidate()
    void (reply.status === 'streaming' ? utils.chat.threads : utils.chat).invalidate()
  }
}

/** The server's sentence when sending again would change nothing; null when the network or the session was in the way. */
export function refusal(error: unknown, attempt: number): string | null {
  if (!(error instanceof TRPCClientError)) return null
  const { data, message } = error as TRPCClientError<AppRouter>
  const status = data?.httpStatus ?? 0
  if (status >= 500)
    return data?.code === 'INTERNAL_SERVER_ERROR' && attempt >= TRIES_OF_A_BROKEN_SERVER ? message : null
  const later = status === 0 || status === 401 || status === 408 || status === 429
  return later ? null : message
}

import { useCallback, useEffect, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import type { ThreadPage } from '#shared/chat.ts'
import { meets, putAfter, putBefore } from './thread-pages.ts'

/** A message to bring into view. The same message is to be brought there again by another goal, not by the same. */
export interface Goal {
  messageId: string
  /** Where in the view it stood when the reader left it; left out for a link, whose message glows and has the focus. */
  top?: number
}

/**
 * The part of a thread around a linked message that is not among the loaded ones. It grows as the reader goes either
 * way; once it meets the end of the thread, the two are one.
 */
export function useWindow(threadId: string, goal: Goal | null, end: ThreadPage | undefined) {
  const messageId = goal?.messageId
  const utils = trpc.useUtils()
  const [left, setLeft] = useState<Goal | null>(null)
  const input = { id: threadId, around: messageId }
  const elsewhere =
    messageId !== undefined && left !== goal && end?.messages.every((message) => message.id !== messageId) === true
  const { data: page, isError } = trpc.chat.thread.useQuery(input, { enabled: elsewhere })

  const grow = useCallback(
    (more: (page: ThreadPage) => ThreadPage) =>
      utils.chat.thread.setData({ id: threadId, around: messageId }, (known) => known && more(known)),
    [utils, threadId, messageId],
  )
  const joins = elsewhere && page !== undefined && end !== undefined && meets(page, end)
  useEffect(() => {
    if (joins) utils.chat.thread.setData({ id: threadId }, (known) => known && putBefore(known, page))
  }, [joins, page, utils, threadId])

  const before = page?.earlier
  const loadEarlier = useCallback(async () => {
    if (!before) return
    const earlier = await utils.client.chat.thread.query({ id: threadId, before })
    grow((known) => putBefore(known, earlier))
  }, [utils, threadId, before, grow])
  const after = page?.later
  const loadLater = useCallback(async () => {
    if (!after) return
    const later = await utils.client.chat.thread.query({ id: threadId, after })
    grow((known) => putAfter(known, later))
  }, [utils, threadId, after, grow])

  return {
    away: elsewhere && !isError,
    page: elsewhere ? page : undefined,
    loadEarlier,
    loadLater,
    /** The reader goes to the end of the thread. */
    leave: useCallback(() => setLeft(goal), [goal]),
  }
}

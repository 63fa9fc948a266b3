import { useCallback, useMemo, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import type { Message } from '#shared/chat.ts'
import { choose, type Placed, visiblePath } from './branches.ts'
import { useUnsent } from './chat-context.tsx'
import { asMessages, putBefore } from './thread-pages.ts'
import { type Goal, useWindow } from './use-window.ts'

/**
 * A thread as it is read: the chosen path through its messages, with those that wait to be sent at its end. Where the
 * linked message is far from the end, `path` is the part around it until the reader has come, or left, for the end.
 */
export function usePath(threadId: string, goal: Goal | null) {
  const utils = trpc.useUtils()
  const unsent = useUnsent(threadId)
  const beginsHere = unsent.some((each) => each.newThread)
  const query = trpc.chat.thread.useQuery({ id: threadId }, { enabled: !beginsHere })
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const window = useWindow(threadId, goal, query.data)

  const { end, pending } = useMemo(() => {
    const known = query.data?.messages ?? []
    const ids = new Set(known.map((message) => message.id))
    const waiting = unsent.filter((each) => !ids.has(each.messageId)).flatMap(asMessages)
    return {
      end: visiblePath([...known, ...waiting], chosen),
      pending: new Set(waiting.map((message) => message.id)),
    }
  }, [query.data, unsent, chosen])
  const middle = useMemo(() => visiblePath(window.page?.messages ?? [], chosen), [window.page, chosen])

  const show = useCallback((message: Message, id: string) => setChosen((before) => choose(before, message, id)), [])

  const earlier = query.data?.earlier ?? null
  const loadEarlier = useCallback(async () => {
    if (!earlier) return
    const page = await utils.client.chat.thread.query({ id: threadId, before: earlier })
    utils.chat.thread.setData({ id: threadId }, (known) => known && putBefore(known, page))
  }, [utils, threadId, earlier])

  const parts = window.away
    ? { messages: window.page?.messages, path: middle, earlier: window.page?.earlier ?? null }
    : { messages: query.data?.messages, path: end, earlier }
  return {
    ...parts,
    query,
    /** The path to the newest message, wherever the reader is. */
    end: end as readonly Placed[],
    pending,
    show,
    loadEarlier: window.away ? window.loadEarlier : loadEarlier,
    /** True where the end is not what is shown. */
    away: window.away,
    later: window.away ? (window.page?.later ?? null) : null,
    loadLater: window.loadLater,
    toEnd: window.leave,
    beginsHere,
  }
}

import { useCallback, useMemo, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import type { Message, ThreadPage } from '#shared/chat.ts'
import { choose, type Placed, visiblePath } from './branches.ts'
import { useUnsent } from './chat-context.tsx'
import { asMessages, joinPages, putBefore } from './thread-pages.ts'

const keepEarlierPages = {
  structuralSharing: (known: unknown, page: unknown) => joinPages(known as ThreadPage | undefined, page as ThreadPage),
}

/** A thread as it is read: the chosen path through its messages, with those that wait to be sent at its end. */
export function usePath(threadId: string) {
  const utils = trpc.useUtils()
  const unsent = useUnsent(threadId)
  const beginsHere = unsent.some((each) => each.newThread)
  const query = trpc.chat.thread.useQuery({ id: threadId }, { ...keepEarlierPages, enabled: !beginsHere })
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())

  const { path, pending } = useMemo(() => {
    const known = query.data?.messages ?? []
    const ids = new Set(known.map((message) => message.id))
    const waiting = unsent.filter((each) => !ids.has(each.messageId)).flatMap(asMessages)
    return {
      path: visiblePath([...known, ...waiting], chosen),
      pending: new Set(waiting.map((message) => message.id)),
    }
  }, [query.data, unsent, chosen])

  const show = useCallback((message: Message, id: string) => setChosen((before) => choose(before, message, id)), [])

  const earlier = query.data?.earlier ?? null
  const loadEarlier = useCallback(async () => {
    if (!earlier) return
    const page = await utils.client.chat.thread.query({ id: threadId, before: earlier })
    utils.chat.thread.setData({ id: threadId }, (known) => known && putBefore(known, page))
  }, [utils, threadId, earlier])

  return { query, path: path as readonly Placed[], pending, show, earlier, loadEarlier, beginsHere }
}

import { useMemo } from 'react'
import { trpc } from '#client/trpc.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { useUnsent } from './chat-context.tsx'

const PAGE = 40

/** The chats, newest first and pinned ones before them, with those that only this browser knows of yet. */
export function useThreads(archived = false) {
  const list = trpc.chat.threads.useInfiniteQuery(
    { limit: PAGE, archived },
    { getNextPageParam: (page) => page.next, initialCursor: null },
  )
  const unsent = useUnsent()
  const threads = useMemo(() => {
    const known = list.data?.pages.flatMap((page) => page.threads) ?? []
    const ids = new Set(known.map((thread) => thread.id))
    const unknown = archived ? [] : unsent.filter((each) => each.newThread && !ids.has(each.threadId))
    return [...unknown.map(asThread), ...known]
  }, [list.data, unsent, archived])
  return { list, threads }
}

function asThread({ threadId, text, temporary, createdAt }: ReturnType<typeof useUnsent>[number]): ThreadSummary {
  return {
    id: threadId,
    title: text.slice(0, 60),
    pinned: false,
    archived: false,
    temporary,
    remember: !temporary,
    tags: [],
    model: null,
    createdAt,
    activeAt: createdAt,
  }
}

import { useMemo } from 'react'
import { trpc } from '#client/trpc.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { useUnsent } from './chat-context.tsx'
import { provisionalTitle } from './thread-pages.ts'

const PAGE = 40

export interface ThreadFilter {
  archived?: boolean
  /** Only chats with this tag. */
  tag?: string
}

/** The chats, newest first and pinned ones before them, with those that only this browser knows of yet. */
export function useThreads({ archived = false, tag }: ThreadFilter = {}) {
  const list = trpc.chat.threads.useInfiniteQuery(
    { limit: PAGE, archived, tag },
    { getNextPageParam: (page) => page.next, initialCursor: null },
  )
  const unsent = useUnsent()
  const threads = useMemo(() => {
    const known = list.data?.pages.flatMap((page) => page.threads) ?? []
    const ids = new Set(known.map((thread) => thread.id))
    const unknown = archived || tag ? [] : unsent.filter((each) => each.newThread && !ids.has(each.threadId))
    return [...unknown.map(asThread), ...known]
  }, [list.data, unsent, archived, tag])
  return { list, threads }
}

/** One chat as far as it is known here: what was loaded of it, or what waits to be sent. */
export function useKnownThread(id: string | undefined): ThreadSummary | undefined {
  const { data } = trpc.chat.thread.useQuery({ id: id ?? '' }, { enabled: false })
  const first = useUnsent(id).find((each) => each.newThread && each.threadId === id)
  return useMemo(() => data?.thread ?? (first && asThread(first)), [data, first])
}

function asThread({
  threadId,
  text,
  temporary,
  model,
  createdAt,
}: ReturnType<typeof useUnsent>[number]): ThreadSummary {
  return {
    id: threadId,
    title: provisionalTitle(text),
    pinned: false,
    archived: false,
    temporary,
    remember: !temporary,
    tags: [],
    model,
    createdAt,
    activeAt: createdAt,
  }
}

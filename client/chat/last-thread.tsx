import { Navigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { useThreads } from './use-threads.ts'

/** Where Moneta opens: the chat one was last in, which the first page of the list brought along. */
export function LastThread() {
  const utils = trpc.useUtils()
  const { list } = useThreads()
  const first = list.data?.pages[0]
  const [ready, setReady] = useState(false)
  const late = useDelayed(list.isPending)
  useEffect(() => {
    if (!first) return
    if (first.last) utils.chat.thread.setData({ id: first.last.thread.id }, first.last)
    setReady(true)
  }, [first, utils])
  if (list.isError && !first) {
    return (
      <div className="mx-auto w-full max-w-reading px-5 py-10">
        <Trouble what="Your chats could not be loaded." why={list.error.message} onRetry={list.refetch} />
      </div>
    )
  }
  if (!ready) return <div className="mx-auto w-full max-w-reading flex-1 px-5">{late && <ThreadSkeleton />}</div>
  if (!first?.last) return <Navigate to="/new" replace />
  return <Navigate to="/chat/$threadId" params={{ threadId: first.last.thread.id }} replace />
}

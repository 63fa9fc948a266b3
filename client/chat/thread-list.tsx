import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { period } from '#client/ui/dates.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { ThreadRow } from './thread-row.tsx'
import { useThreads } from './use-threads.ts'

/** All chats under the days they were last spoken in. */
export function ThreadList() {
  const [archived, setArchived] = useState(false)
  const { list, threads } = useThreads(archived)
  const late = useDelayed(list.isPending)

  return (
    <nav aria-label="Chats" className="flow-root px-2 pt-1 pb-4">
      {list.isError && (
        <div className="px-2 py-3">
          <Trouble what="Your chats could not be loaded." why={list.error.message} onRetry={list.refetch} />
        </div>
      )}
      {late && <RowsSkeleton />}
      {list.isSuccess && threads.length === 0 && (
        <p className="px-2.5 py-4 text-ink-soft text-sm">
          {archived ? 'Nothing is archived.' : 'No chats yet. What you say stays here.'}
        </p>
      )}
      {groups(threads).map(([heading, group]) => (
        <section key={heading} aria-label={heading} className="mt-4 first:mt-0">
          <h2 className="px-2.5 pb-1 font-serif text-[0.95rem] text-ink-soft italic">{heading}</h2>
          <ul>
            {group.map((thread) => (
              <li key={thread.id}>
                <ThreadRow thread={thread} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {list.hasNextPage && (
        <Button
          look="quiet"
          className="mt-3 w-full"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Older chats
        </Button>
      )}
      <button
        type="button"
        hidden={list.isPending}
        onClick={() => setArchived(!archived)}
        className="touch mt-5 px-2.5 text-ink-soft text-xs underline underline-offset-4 hover:text-ink"
      >
        {archived ? 'Back to all chats' : 'Archived chats'}
      </button>
    </nav>
  )
}

function groups(threads: readonly ThreadSummary[]): [heading: string, threads: ThreadSummary[]][] {
  const byHeading = new Map<string, ThreadSummary[]>()
  for (const thread of [...threads].sort((a, b) => Number(b.pinned) - Number(a.pinned))) {
    const heading = thread.pinned ? 'Pinned' : period(thread.activeAt)
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), thread])
  }
  return [...byHeading]
}

function RowsSkeleton() {
  return (
    <div role="status" aria-label="Loading your chats" className="waits space-y-3 px-2.5 py-4">
      {['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3', 'w-3/4'].map((width) => (
        <div key={width} className={`h-4 rounded-one bg-line ${width}`} />
      ))}
    </div>
  )
}

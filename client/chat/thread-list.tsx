import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { period } from '#client/ui/dates.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { RowsSkeleton } from './rows-skeleton.tsx'
import { TagFilter } from './tag-filter.tsx'
import { ThreadRow } from './thread-row.tsx'
import { type ThreadFilter, useThreads } from './use-threads.ts'

/** All chats, or those with a tag, or the archived ones, under the days they were last spoken in. */
export function ThreadList() {
  const [filter, setFilter] = useState<ThreadFilter>({})
  const { list, threads } = useThreads(filter)
  const late = useDelayed(list.isPending)

  return (
    <>
      {filter.archived ? (
        <button
          type="button"
          onClick={() => setFilter({})}
          className="touch mb-2 flex items-center gap-2 rounded-one px-2.5 py-1 font-serif text-ink-soft italic hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden="true" />
          Archived chats
        </button>
      ) : (
        <TagFilter chosen={filter.tag} onChoose={(tag) => setFilter({ tag })} />
      )}
      {list.isError && (
        <div className="px-2 py-3">
          <Trouble what="Your chats could not be loaded." why={list.error.message} onRetry={list.refetch} />
        </div>
      )}
      {late && <RowsSkeleton label="Loading your chats" />}
      {list.isSuccess && threads.length === 0 && <p className="px-2.5 py-4 text-ink-soft text-sm">{nothing(filter)}</p>}
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
      {!filter.archived && list.isSuccess && (
        <button
          type="button"
          onClick={() => setFilter({ archived: true })}
          className="touch mt-5 px-2.5 text-ink-soft text-xs underline underline-offset-4 hover:text-ink"
        >
          Archived chats
        </button>
      )}
    </>
  )
}

function nothing({ archived, tag }: ThreadFilter): string {
  if (archived) return 'Nothing is archived.'
  return tag === undefined ? 'No chats yet. What you say stays here.' : `No chat is tagged ${tag}.`
}

function groups(threads: readonly ThreadSummary[]): [heading: string, threads: ThreadSummary[]][] {
  const byHeading = new Map<string, ThreadSummary[]>()
  for (const thread of [...threads].sort((a, b) => Number(b.pinned) - Number(a.pinned))) {
    const heading = thread.pinned ? 'Pinned' : period(thread.activeAt)
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), thread])
  }
  return [...byHeading]
}

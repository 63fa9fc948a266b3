import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { dayOf } from '#client/ui/dates.ts'
import { Strength } from '#client/ui/memory/strength.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { RowsSkeleton } from './rows-skeleton.tsx'
import { useFilters } from './use-filters.ts'

const orders = ['newest', 'strongest'] as const

/** Every memory, a page at a time. */
export function MemoryList({ onOpen }: { onOpen: (id: string) => void }) {
  const [filters, setFilters] = useFilters()
  const order = filters.order ?? 'newest'
  const list = trpc.memory.list.useInfiniteQuery(
    { status: 'kept', order, limit: 30 },
    { getNextPageParam: (page) => page.next, initialCursor: null },
  )
  const late = useDelayed(list.isPending)
  const memories = list.data?.pages.flatMap((page) => page.memories) ?? []

  return (
    <div>
      <fieldset aria-label="Order" className="mt-3 flex gap-1 text-sm">
        {orders.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={order === each}
            onClick={() => setFilters({ order: each === 'strongest' ? each : undefined })}
            className="touch pr-3 py-1 text-ink-soft aria-pressed:text-verdigris aria-pressed:underline aria-pressed:underline-offset-4"
          >
            {each === 'newest' ? 'Newest first' : 'Strongest first'}
          </button>
        ))}
      </fieldset>
      {list.isError && (
        <div className="mt-4">
          <Trouble what="The memories could not be loaded." why={list.error.message} onRetry={list.refetch} />
        </div>
      )}
      {late && <RowsSkeleton />}
      {list.isSuccess && memories.length === 0 && (
        <p className="mt-5 max-w-prose text-balance text-ink-soft">
          Nothing is remembered yet. Tell me something to keep, or just chat: what matters will be gathered here.
        </p>
      )}
      <ul className="divide-y divide-line">
        {memories.map((memory) => (
          <li key={memory.id}>
            <button
              type="button"
              onClick={() => onOpen(memory.id)}
              className="touch w-full py-3.5 text-left hover:text-verdigris"
            >
              <span className="line-clamp-3 font-serif text-lg leading-snug">{memory.text}</span>
              <span className="mt-1 flex flex-wrap items-center gap-x-2.5 text-ink-soft text-xs">
                <Strength value={memory.strength} />
                {dayOf(memory.createdAt)}
                {memory.source && <span className="truncate">{memory.source.threadTitle || 'Untitled chat'}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          More memories
        </Button>
      )}
    </div>
  )
}

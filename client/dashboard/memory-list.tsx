import { useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { StrengthExplained } from '#client/ui/memory/strength-explained.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { ChosenBar } from './chosen-bar.tsx'
import { memoryFilter, WIDE } from './filters.ts'
import { MemoryRow } from './memory-row.tsx'
import { RowsSkeleton } from './rows-skeleton.tsx'
import { useFilters } from './use-filters.ts'

const orders = ['newest', 'strongest'] as const
const PAGE = 20

interface MemoryListProps {
  onOpen: (id: string) => void
  /** Which one the pointer or the focus is on. */
  onPoint: (id: string | null) => void
}

/** Every memory, or those the filters leave, a page at a time; several can be chosen at once. */
export function MemoryList({ onOpen, onPoint }: MemoryListProps) {
  const [filters, setFilters] = useFilters()
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const order = filters.order ?? 'newest'
  const filter = memoryFilter(filters)
  const list = trpc.memory.list.useInfiniteQuery(
    { status: 'kept', order, filter, limit: PAGE },
    { getNextPageParam: (page) => page.next, initialCursor: null },
  )
  const late = useDelayed(list.isPending)
  const memories = list.data?.pages.flatMap((page) => page.memories) ?? []
  const toggle = (id: string) =>
    setChosen((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })

  return (
    <div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4">
        <fieldset aria-label="Order" className="flex gap-1 text-sm">
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
        {memories.length > 0 && !chosen && (
          <Button look="quiet" className="-mr-3" onClick={() => setChosen(new Set())}>
            Choose several
          </Button>
        )}
      </div>
      {memories.length > 0 && !chosen && <StrengthExplained />}
      {chosen && (
        <ChosenBar
          chosen={memories.filter(({ id }) => chosen.has(id)).map(({ id }) => id)}
          shown={memories.length}
          onAll={() => setChosen(new Set(memories.map(({ id }) => id)))}
          onNone={() => setChosen(new Set())}
          onDone={() => setChosen(null)}
        />
      )}
      {list.isError && (
        <div className="mt-4">
          <Trouble what="The memories could not be loaded." why={list.error.message} onRetry={list.refetch} />
        </div>
      )}
      {late && <RowsSkeleton />}
      {list.isSuccess && memories.length === 0 && (
        <Nothing narrowed={Object.keys(filter).length > 0} onWide={() => setFilters(WIDE)} />
      )}
      <ul className="divide-y divide-line">
        {memories.map((memory) => (
          <li key={memory.id}>
            <MemoryRow
              memory={memory}
              onOpen={onOpen}
              onPoint={onPoint}
              choice={chosen ? { chosen: chosen.has(memory.id), toggle } : undefined}
            />
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

function Nothing({ narrowed, onWide }: { narrowed: boolean; onWide: () => void }) {
  if (narrowed) {
    return (
      <div className="mt-5 text-ink-soft">
        <p>No memory is all of that.</p>
        <Button className="mt-3" onClick={onWide}>
          Show all
        </Button>
      </div>
    )
  }
  return (
    <p className="mt-5 max-w-prose text-balance text-ink-soft">
      Nothing is remembered yet. Tell me something to keep, or just chat: what matters will be gathered here.
    </p>
  )
}

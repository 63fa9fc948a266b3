import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { IconButton } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { MemoryDetail } from '#client/ui/memory/memory-detail.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { Activity } from './activity.tsx'
import { AddMemory } from './add-memory.tsx'
import { Counts } from './counts.tsx'
import { EmbeddingProgress, isEmbedding } from './embedding-progress.tsx'
import { FilterBar } from './filter-bar.tsx'
import { MatchingMemories } from './matching-memories.tsx'
import { MemoryList } from './memory-list.tsx'
import { NetworkSection } from './network-section.tsx'
import { SearchBox } from './search-box.tsx'
import { SearchResults } from './search-results.tsx'
import { Suggestions } from './suggestions.tsx'
import { useFilters } from './use-filters.ts'
import { useTyped } from './use-typed.ts'

const LOOK_EVERY_MS = 5_000

interface DashboardPageProps {
  /** What the shell puts before the title: the way to the list on a phone. */
  lead: ReactNode
  /** Where all of it is taken along, and brought. */
  yourData: ReactNode
}

/** All that is remembered: how much, since when, what, and how it hangs together. */
export function DashboardPage({ lead, yourData }: DashboardPageProps) {
  const [filters, setFilters] = useFilters()
  const { typed, type, search } = useTyped()
  const [pointed, setPointed] = useState<string | null>(null)
  const lit = useMemo(() => new Set(pointed ? [pointed] : []), [pointed])
  const days = filters.days ?? 30
  const overview = trpc.memory.user.useQuery(
    { days },
    {
      placeholderData: (before) => before,
      refetchInterval: ({ state: { data } }) => isEmbedding(data?.embedding) && LOOK_EVERY_MS,
    },
  )
  const embedding = overview.data?.embedding
  const large = filters.network === 'large'
  const open = (memory: string) => setFilters({ memory })
  const close = () => setFilters({ memory: undefined })

  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <title>What I remember · Moneta</title>
      <div className="mx-auto max-w-6xl px-5 pb-20">
        <header className="flex items-center gap-2 pt-3 md:pt-10">
          <span className="-ml-2 md:hidden">{lead}</span>
          <h1 className="font-serif text-3xl tracking-tight md:text-5xl">What I remember</h1>
        </header>
        {overview.isError ? (
          <div className="mt-6">
            <Trouble what="The figures could not be loaded." why={overview.error.message} onRetry={overview.refetch} />
          </div>
        ) : (
          <>
            <Counts overview={overview.data} />
            {isEmbedding(embedding) && <EmbeddingProgress {...embedding} />}
          </>
        )}
        <Suggestions count={overview.data?.suggestions ?? 0} />
        <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <div className="max-lg:order-last">
            <Activity days={days} activity={overview.data?.activity} onDays={(next) => setFilters({ days: next })} />
          </div>
          <AddMemory />
          <div className={cx(large && 'lg:col-span-2 lg:row-start-3')}>
            <SearchBox typed={typed} onType={type} onSearch={search} />
            <FilterBar />
            <MatchingMemories />
            <section aria-labelledby="memories" className="mt-2">
              <h2 id="memories" className="sr-only">
                Memories
              </h2>
              {filters.q ? (
                <SearchResults query={filters.q} onOpen={open} onPoint={setPointed} />
              ) : (
                <MemoryList onOpen={open} onPoint={setPointed} />
              )}
            </section>
          </div>
          <div className={cx('min-w-0', large ? 'lg:col-span-2 lg:row-start-2' : 'lg:sticky lg:top-6 lg:self-start')}>
            <NetworkSection search={typed} onClearSearch={() => search('')} lit={lit} onOpen={open} />
          </div>
        </div>
        {yourData && <div className="mt-16 border-line border-t pt-8">{yourData}</div>}
        <p className="mt-16 border-line border-t pt-6 text-ink-soft text-sm">
          To forget everything, or to delete your account, go to{' '}
          <Link to="/account" className="text-verdigris underline underline-offset-2">
            Your account
          </Link>
          .
        </p>
      </div>
      {filters.memory && (
        <Dialog label="A memory" place="right" onClose={close}>
          <div className="p-6 pt-4">
            <div className="mb-2 flex justify-end">
              <IconButton label="Close" onClick={close}>
                <X />
              </IconButton>
            </div>
            <MemoryDetail key={filters.memory} id={filters.memory} onGone={close} />
          </div>
        </Dialog>
      )}
    </div>
  )
}

import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { IconButton } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { MemoryDetail } from '#client/ui/memory/memory-detail.tsx'
import { NetworkView } from '#client/ui/network/network-view.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { Activity } from './activity.tsx'
import { AddMemory } from './add-memory.tsx'
import { Counts } from './counts.tsx'
import { MemoryList } from './memory-list.tsx'
import { SearchBox } from './search-box.tsx'
import { SearchResults } from './search-results.tsx'
import { Suggestions } from './suggestions.tsx'
import { useFilters } from './use-filters.ts'

const nothingLit: ReadonlySet<string> = new Set()

/** All that is remembered: how much, since when, what, and how it hangs together. */
export function DashboardPage({ lead }: { lead: ReactNode }) {
  const [filters, setFilters] = useFilters()
  const [typed, setTyped] = useState(filters.q ?? '')
  const days = filters.days ?? 30
  const overview = trpc.memory.user.useQuery({ days }, { placeholderData: (before) => before })
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
          <Counts overview={overview.data} />
        )}
        <Suggestions count={overview.data?.suggestions ?? 0} />
        <div className="mt-10 grid gap-x-12 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:grid-rows-[auto_1fr]">
          <SearchBox typed={typed} onType={setTyped} onSearch={(q) => setFilters({ q }, { replace: true })} />
          <section aria-labelledby="memories" className="max-lg:mt-8 lg:row-start-2">
            <h2 id="memories" className="sr-only">
              Memories
            </h2>
            {filters.q ? <SearchResults query={filters.q} onOpen={open} /> : <MemoryList onOpen={open} />}
          </section>
          <div
            className={cx('space-y-10 max-lg:mt-8 lg:row-span-2', filters.q ? 'max-lg:order-last' : 'max-lg:-order-1')}
          >
            <AddMemory />
            <section aria-labelledby="network">
              <h2 id="network" className="mb-2 font-serif text-xl">
                How it hangs together
              </h2>
              <NetworkView
                lit={nothingLit}
                search={typed}
                selected={filters.memory ?? null}
                onSelect={open}
                height={26}
              />
            </section>
            <Activity days={days} activity={overview.data?.activity} onDays={(next) => setFilters({ days: next })} />
          </div>
        </div>
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

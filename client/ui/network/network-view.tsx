import { lazy, Suspense, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { NetworkList } from './network-list.tsx'

const NetworkPicture = lazy(() => import('./network-picture.tsx'))

interface NetworkViewProps {
  lit: ReadonlySet<string>
  /** Words that a memory must hold to stay bright; empty: all of them do. */
  search: string
  selected: string | null
  onSelect: (id: string) => void
  /** Height of the picture at its largest, in rem; few memories take less. */
  height: number
}

/** The memories and their links, as a picture or as the same facts in a list. */
export function NetworkView({ lit, search, selected, onSelect, height }: NetworkViewProps) {
  const query = trpc.memory.network.useQuery({ limit: 120 }, { placeholderData: (before) => before })
  const [as, setAs] = useState<'picture' | 'list'>('picture')
  const late = useDelayed(query.isPending)

  if (query.isError) {
    return <Trouble what="The network could not be drawn." why={query.error.message} onRetry={query.refetch} />
  }
  if (query.isPending) {
    return <div style={{ height: `${height}rem` }} className={late ? 'waits rounded-one bg-paper-deep' : undefined} />
  }
  const network = query.data
  if (network.nodes.length === 0) {
    return (
      <p className="max-w-prose text-balance py-2 text-ink-soft text-sm">
        Nothing is remembered yet. Each memory will stand here as a coin, linked with those it belongs to.
      </p>
    )
  }
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const sought =
    words.length === 0
      ? null
      : new Set(
          network.nodes
            .filter((node) => words.every((word) => node.text.toLocaleLowerCase().includes(word)))
            .map((node) => node.id),
        )
  const shared = { network, lit, sought, selected, onSelect }
  return (
    <div>
      <div style={{ height: `${Math.min(height, 8 + network.nodes.length)}rem` }}>
        {as === 'picture' ? (
          <Suspense fallback={null}>
            <NetworkPicture {...shared} />
          </Suspense>
        ) : (
          <div className="h-full overflow-y-auto">
            <NetworkList {...shared} />
          </div>
        )}
      </div>
      <div className="mt-1 flex items-center justify-between text-ink-soft text-xs tabular-nums">
        <span role="status">
          {sought
            ? `${sought.size} of ${network.nodes.length} match`
            : network.nodes.length < network.total
              ? `${network.nodes.length} of ${network.total} memories`
              : `${network.total} ${network.total === 1 ? 'memory' : 'memories'}`}
        </span>
        <Button look="quiet" onClick={() => setAs(as === 'picture' ? 'list' : 'picture')}>
          {as === 'picture' ? 'As a list' : 'As a picture'}
        </Button>
      </div>
    </div>
  )
}

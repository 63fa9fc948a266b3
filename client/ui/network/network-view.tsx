import { lazy, Suspense, useMemo, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import type { Network } from '#shared/memory.ts'
import { NetworkEmpty } from './network-empty.tsx'
import { NetworkList } from './network-list.tsx'
import { NetworkUnmatched } from './network-unmatched.tsx'
import { type NetworkPart, sizes } from './part.ts'
import { networkWords, soughtIn } from './words.ts'

const NetworkPicture = lazy(() => import('./network-picture.tsx'))

interface NetworkViewProps {
  part?: NetworkPart
  lit: ReadonlySet<string>
  /** Words that a memory must hold to stay bright; where none holds them, or they are empty, all of them do. */
  search: string
  onClearSearch: () => void
  selected: string | null
  onSelect: (id: string) => void
  size: keyof typeof sizes
}

const STRONGEST: NetworkPart = {}

/** The memories and their links, as a picture and as the same facts in a list. */
export function NetworkView({ part = STRONGEST, size, ...shown }: NetworkViewProps) {
  const { limit, height } = sizes[size]
  const query = trpc.memory.network.useQuery({ limit, ...part }, { placeholderData: (before) => before })
  const late = useDelayed(query.isPending)

  if (query.isError) {
    return <Trouble what="The network could not be drawn." why={query.error.message} onRetry={query.refetch} />
  }
  if (query.isPending) {
    return <div style={{ height: `${height}rem` }} className={late ? 'waits rounded-one bg-paper-deep' : undefined} />
  }
  if (query.data.nodes.length === 0) {
    return part.query && query.data.total > 0 ? (
      <NetworkUnmatched search={part.query} onClear={shown.onClearSearch} />
    ) : (
      <NetworkEmpty part={part} total={query.data.total} />
    )
  }
  return <Drawn network={query.data} whole={Object.keys(part).length === 0} size={size} {...shown} />
}

interface DrawnProps extends Omit<NetworkViewProps, 'part'> {
  network: Network
  /** Not the neighbourhood of anything. */
  whole: boolean
}

function Drawn({ network, whole, size, lit, search, onClearSearch, selected, onSelect }: DrawnProps) {
  const { height, aspect, beside } = sizes[size]
  const [as, setAs] = useState<'picture' | 'list'>('picture')
  const matching = useMemo(() => soughtIn(network, search), [network, search])
  const sought = matching?.size === 0 ? null : matching
  const bright = useMemo(
    () => (whole ? lit : new Set([...lit, ...network.nodes.filter(({ focus }) => focus).map(({ id }) => id)])),
    [network, whole, lit],
  )
  const shared = { network, lit: bright, sought, selected, onSelect }
  const list = (
    <div className="h-full overflow-y-auto">
      <NetworkList {...shared} />
    </div>
  )
  return (
    <div>
      {matching && !sought && <NetworkUnmatched search={search} onClear={onClearSearch} />}
      <div
        style={{ height: `min(${Math.min(height, 8 + network.nodes.length)}rem, 100dvh - 8rem)` }}
        className={cx(beside && 'grid grid-cols-[minmax(0,1fr)_20rem] gap-6')}
      >
        {(beside || as === 'picture') && (
          <Suspense fallback={<div />}>
            <NetworkPicture aspect={aspect} {...shared} />
          </Suspense>
        )}
        {(beside || as === 'list') && list}
      </div>
      <div className="mt-1 flex min-h-9 items-center justify-between gap-3 text-ink-soft text-xs tabular-nums">
        <span role="status">{networkWords(network, sought)}</span>
        {!beside && (
          <Button look="quiet" onClick={() => setAs(as === 'picture' ? 'list' : 'picture')}>
            {as === 'picture' ? 'As a list' : 'As a picture'}
          </Button>
        )}
      </div>
    </div>
  )
}

import { Maximize2, Minimize2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '#client/ui/button.tsx'
import { NetworkView } from '#client/ui/network/network-view.tsx'
import type { NetworkPart } from '#client/ui/network/part.ts'
import { useMedia } from '#client/ui/use-media.ts'
import type { Filters } from './filters.ts'
import { useFilters } from './use-filters.ts'

interface NetworkSectionProps {
  search: string
  onClearSearch: () => void
  lit: ReadonlySet<string>
  onOpen: (id: string) => void
}

const STRONGEST: Filters = { part: undefined, around: undefined, reply: undefined }

/** The network, and which part of it is drawn. */
export function NetworkSection({ search, onClearSearch, lit, onOpen }: NetworkSectionProps) {
  const [filters, setFilters] = useFilters()
  const { around, reply, q, memory } = filters
  const wide = useMedia('(min-width: 64rem)')
  const large = wide && filters.network === 'large'
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (around || reply) section.current?.scrollIntoView({ block: 'nearest' })
  }, [around, reply])
  const found = filters.part === 'found' && q !== undefined
  const part: NetworkPart = reply ? { replyId: reply } : around ? { around } : found ? { query: q } : {}
  const parts: [name: string, shown: boolean, now: boolean, change: Filters][] = [
    ['The strongest', true, !reply && !around && !found, STRONGEST],
    ['What the search finds', q !== undefined, found && !reply && !around, { ...STRONGEST, part: 'found' }],
    ['Around one memory', around !== undefined, around !== undefined && !reply, { ...STRONGEST, around }],
    ['What a reply used', reply !== undefined, reply !== undefined, { ...STRONGEST, reply }],
  ]
  const offered = parts.filter(([, shown]) => shown)
  return (
    <section ref={section} aria-labelledby="network">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="network" className="font-serif text-xl">
          How it hangs together
        </h2>
        <IconButton
          label={large ? 'Smaller' : 'Larger'}
          className="max-lg:hidden"
          onClick={() => setFilters({ network: large ? undefined : 'large' })}
        >
          {large ? <Minimize2 /> : <Maximize2 />}
        </IconButton>
      </div>
      {offered.length > 1 && (
        <fieldset aria-label="Part of the network" className="mb-1 flex flex-wrap gap-x-4 text-sm">
          {offered.map(([name, , now, change]) => (
            <button
              key={name}
              type="button"
              aria-pressed={now}
              onClick={() => setFilters(change)}
              className="touch py-1 text-ink-soft aria-pressed:text-verdigris aria-pressed:underline aria-pressed:underline-offset-4"
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
      <NetworkView
        part={part}
        lit={lit}
        search={found ? '' : search}
        onClearSearch={onClearSearch}
        selected={memory ?? around ?? null}
        onSelect={onOpen}
        size={large ? 'large' : wide ? 'middle' : 'small'}
      />
    </section>
  )
}

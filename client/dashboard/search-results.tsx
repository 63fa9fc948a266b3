import { trpc } from '#client/trpc.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { memoryFilter } from './filters.ts'
import { Found } from './found.tsx'
import { RowsSkeleton } from './rows-skeleton.tsx'
import { useFilters } from './use-filters.ts'

interface SearchResultsProps {
  query: string
  onOpen: (id: string) => void
  /** Which memory the pointer or the focus is on. */
  onPoint: (id: string | null) => void
}

/** What was found, memories and messages in one list, best first; with a filter, memories only. */
export function SearchResults({ query, onOpen, onPoint }: SearchResultsProps) {
  const [filters] = useFilters()
  const filter = memoryFilter(filters)
  const narrowed = Object.keys(filter).length > 0
  const search = trpc.memory.search.useQuery(
    { query, ...(narrowed && { filter }) },
    { placeholderData: (before) => before },
  )
  const late = useDelayed(search.isPending)
  if (search.isError) {
    return (
      <div className="mt-5">
        <Trouble what="The search did not work." why={search.error.message} onRetry={search.refetch} />
      </div>
    )
  }
  if (search.isPending) return late && <RowsSkeleton />
  const { hits } = search.data
  if (hits.length === 0) {
    return (
      <p className="mt-5 text-ink-soft">
        {narrowed ? 'No memory that you filter for matches that.' : 'Nothing you told me matches that.'}
      </p>
    )
  }
  return (
    <ul className="divide-y divide-line" aria-label="Found" aria-busy={search.isPlaceholderData}>
      {hits.map((hit) => (
        <li key={hit.id} className="py-3.5">
          <Found hit={hit} onOpen={onOpen} onPoint={onPoint} />
        </li>
      ))}
    </ul>
  )
}

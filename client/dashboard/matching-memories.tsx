import { trpc } from '#client/trpc.ts'
import { AskTwice } from '#client/ui/ask-twice.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import { memoryFilter } from './filters.ts'
import { useFilters } from './use-filters.ts'

/** How many memories the search and the filters hold exactly, and the way to forget all of these. */
export function MatchingMemories() {
  const [filters] = useFilters()
  const { forgetMany } = useMemoryActions()
  const selection = { query: filters.q, filter: memoryFilter(filters) }
  const narrowed = selection.query !== undefined || Object.keys(selection.filter).length > 0
  const matching = trpc.memory.matching.useQuery(selection, { enabled: narrowed, placeholderData: (before) => before })
  if (!narrowed || !matching.data) return null
  const { total, memories: newest } = matching.data
  const memories = total === 1 ? '1 memory' : `${total.toLocaleString()} memories`
  return (
    <div className="mt-2 flex min-h-9 flex-wrap items-center justify-between gap-x-4 text-ink-soft text-sm">
      <p role="status">
        {filters.q ? `${memories} with ${/\s/.test(filters.q.trim()) ? 'all these words' : 'this word'}` : memories}
        {newest.some(({ status }) => status !== 'kept') && ', proposed and replaced ones among them'}
      </p>
      {total > 0 && (
        <AskTwice
          key={JSON.stringify(selection)}
          label={total === 1 ? 'Forget it' : `Forget these ${total.toLocaleString()}`}
          again={`Really forget ${memories}?`}
          disabled={forgetMany.isPending || matching.isPlaceholderData}
          onConfirm={() => forgetMany.mutate(selection)}
        />
      )}
    </div>
  )
}

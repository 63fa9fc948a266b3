import { Link } from '@tanstack/react-router'
import { trpc } from '#client/trpc.ts'
import { Coin } from '#client/ui/coin.tsx'
import { dayOf } from '#client/ui/dates.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import type { Hit } from '#shared/memory.ts'
import { RowsSkeleton } from './rows-skeleton.tsx'

interface SearchResultsProps {
  query: string
  onOpen: (id: string) => void
}

/** What was found, memories and messages in one list, best first. */
export function SearchResults({ query, onOpen }: SearchResultsProps) {
  const search = trpc.memory.search.useQuery({ query }, { placeholderData: (before) => before })
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
  if (hits.length === 0) return <p className="mt-5 text-ink-soft">Nothing you told me matches that.</p>
  return (
    <ul className="divide-y divide-line" aria-label="Found">
      {hits.map((hit) => (
        <li key={hit.id} className="py-3.5">
          <Found hit={hit} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

function Found({ hit, onOpen }: { hit: Hit; onOpen: (id: string) => void }) {
  const words = <span className="line-clamp-3 font-serif text-lg leading-snug">{hit.text}</span>
  const said = hit.author === 'assistant' ? 'answered' : 'said'
  return (
    <>
      {hit.kind === 'memory' || !hit.threadId ? (
        <button
          type="button"
          onClick={() => onOpen(hit.id)}
          className="touch block w-full text-left hover:text-verdigris"
        >
          {words}
        </button>
      ) : (
        <Link
          to="/chat/$threadId"
          params={{ threadId: hit.threadId }}
          search={{ message: hit.id }}
          className="touch block hover:text-verdigris"
        >
          {words}
        </Link>
      )}
      <p className="mt-1 flex items-center gap-1.5 text-ink-soft text-xs">
        {hit.kind === 'memory' && <Coin size={11} className="text-bronze" />}
        {hit.kind === 'memory' ? 'memory' : said} · {dayOf(hit.createdAt)}
        {hit.threadTitle && ` · ${hit.threadTitle}`}
      </p>
    </>
  )
}

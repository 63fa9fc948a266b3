import { useRef, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { Suggestion } from './suggestion.tsx'

const FIRST = 4
const MOST = 100

/** What Moneta noticed and asks about before keeping it. */
export function Suggestions({ count }: { count: number }) {
  const list = trpc.memory.list.useQuery({ status: 'suggested', limit: MOST }, { enabled: count > 0 })
  const heading = useRef<HTMLHeadingElement>(null)
  const [all, setAll] = useState(false)
  const memories = list.data?.memories ?? []
  if (list.isError) {
    return (
      <div className="mt-8">
        <Trouble what="The suggestions could not be loaded." why={list.error.message} onRetry={list.refetch} />
      </div>
    )
  }
  if (count === 0 || memories.length === 0) return null
  const shown = all ? memories : memories.slice(0, FIRST)
  return (
    <section aria-labelledby="suggestions" className="mt-8 border-bronze border-l-2 pl-5">
      <h2 id="suggestions" ref={heading} tabIndex={-1} className="font-serif text-xl outline-none">
        Shall I remember {count === 1 ? 'this' : 'these'}?
      </h2>
      <p className="mt-0.5 text-ink-soft text-sm">
        Noticed in what you said. Nothing of it is kept or used before you say so, and what you decline does not come
        back.
      </p>
      <ul className="mt-1 divide-y divide-line">
        {shown.map((memory) => (
          <li key={memory.id} className="py-3">
            <Suggestion memory={memory} onJudged={() => heading.current?.focus()} />
          </li>
        ))}
      </ul>
      {shown.length < count &&
        (all ? (
          <p className="text-ink-soft text-sm">{count - shown.length} more come after these.</p>
        ) : (
          <Button look="quiet" className="-ml-3" onClick={() => setAll(true)}>
            {count - shown.length} more
          </Button>
        ))}
    </section>
  )
}

import { dayOf } from '#client/ui/dates.ts'
import { Marked } from '#client/ui/marked.tsx'
import type { FoundMessage } from '#shared/chat.ts'

/** A message that was found: the part that answers, with the words that were sought, and where it was said. */
export function FoundWords({ found }: { found: FoundMessage }) {
  return (
    <>
      <span dir="auto" className="line-clamp-3 font-serif text-base leading-snug [overflow-wrap:anywhere]">
        <Marked text={found.text} matches={found.matches} />
      </span>
      <span className="mt-0.5 block truncate text-ink-soft text-xs">
        {found.author === 'user' ? 'You' : 'Moneta'} · {dayOf(found.createdAt)} · {found.threadTitle || 'Untitled chat'}
      </span>
    </>
  )
}

import { dayOf } from '#client/ui/dates.ts'
import type { FoundMessage } from '#shared/chat.ts'

/** A message that was found: the part that answers, with the words that were sought, and where it was said. */
export function FoundWords({ found }: { found: FoundMessage }) {
  return (
    <>
      <span dir="auto" className="line-clamp-3 font-serif text-base leading-snug [overflow-wrap:anywhere]">
        {pieces(found).map(({ at, text, marked }) =>
          marked ? (
            <mark key={at} className="rounded-[3px] bg-bronze-wash text-ink">
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </span>
      <span className="mt-0.5 block truncate text-ink-soft text-xs">
        {found.author === 'user' ? 'You' : 'Moneta'} · {dayOf(found.createdAt)} · {found.threadTitle || 'Untitled chat'}
      </span>
    </>
  )
}

function pieces({ text, matches }: FoundMessage): { at: number; text: string; marked: boolean }[] {
  const cuts = [...new Set([0, ...matches.flat(), text.length])].sort((a, b) => a - b)
  const starts = new Set(matches.map(([start]) => start))
  return cuts
    .map((at, index) => ({ at, text: text.slice(at, cuts[index + 1] ?? at), marked: starts.has(at) }))
    .filter((piece) => piece.text !== '')
}

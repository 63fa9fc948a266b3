import { Coin } from '#client/ui/coin.tsx'
import { dayOf } from '#client/ui/dates.ts'
import { Marked } from '#client/ui/marked.tsx'
import { MessageLink } from '#client/ui/message-link.tsx'
import type { Found as FoundText } from '#shared/memory.ts'
import { pointing } from './pointing.ts'

interface FoundProps {
  hit: FoundText
  onOpen: (id: string) => void
  onPoint: (id: string | null) => void
}

/** One text that was found, cut to the part that answers: a memory opens here, a message in its chat. */
export function Found({ hit, onOpen, onPoint }: FoundProps) {
  const said = hit.author === 'assistant' ? 'answered' : 'said'
  const words = (
    <>
      <span
        dir="auto"
        className="line-clamp-3 font-serif text-lg leading-snug [overflow-wrap:anywhere] group-hover/found:text-verdigris"
      >
        <Marked text={hit.snippet} matches={hit.matches} />
      </span>
      <span className="mt-1 flex items-center gap-1.5 text-ink-soft text-xs">
        {hit.kind === 'memory' && <Coin size={11} className="shrink-0 text-bronze" />}
        <span className="min-w-0 truncate">
          {hit.kind === 'memory' ? 'memory' : said} · {dayOf(hit.createdAt)}
          {hit.threadTitle && ` · ${hit.threadTitle}`}
        </span>
      </span>
    </>
  )
  const look = 'touch group/found block w-full text-left'
  if (hit.kind === 'message' && hit.threadId) {
    return (
      <MessageLink threadId={hit.threadId} messageId={hit.id} className={look}>
        {words}
      </MessageLink>
    )
  }
  return (
    <button type="button" {...pointing(hit.id, onPoint)} onClick={() => onOpen(hit.id)} className={look}>
      {words}
    </button>
  )
}

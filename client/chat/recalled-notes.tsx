import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { Coin } from '#client/ui/coin.tsx'
import { cx } from '#client/ui/cx.ts'
import { dayOf } from '#client/ui/dates.ts'
import { MemoryDetail } from '#client/ui/memory/memory-detail.tsx'
import { SourceLink } from '#client/ui/memory/source-link.tsx'
import type { Message, Recalled } from '#shared/chat.ts'

const SHOWN = 4

/** What a reply used. Each opens below, where it can be corrected or forgotten. */
export function RecalledNotes({ reply }: { reply: Message }) {
  const [open, setOpen] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const panelId = useId()
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  if (reply.recalled.length === 0) return null
  const opened = reply.recalled.find((each) => each.id === open)
  const shown = all ? reply.recalled : reply.recalled.slice(0, SHOWN)
  return (
    <section aria-label="Recalled for this reply" className="mt-3">
      <ul className="flex flex-wrap gap-1.5">
        {shown.map((each) => (
          <li key={each.id} className="max-w-full">
            <button
              type="button"
              disabled={each.text === null}
              aria-expanded={open === each.id}
              aria-controls={panelId}
              onClick={() => setOpen(open === each.id ? null : each.id)}
              className={cx(
                'touch flex max-w-72 items-center gap-1.5 rounded-one border px-2 py-0.5 text-left transition-colors disabled:opacity-60',
                reply.status === 'streaming' && 'recalled',
                open === each.id
                  ? 'border-verdigris bg-verdigris-wash'
                  : 'border-line hover:border-verdigris hover:bg-verdigris-wash',
              )}
            >
              <Coin size={12} className={cx('shrink-0', each.kind === 'memory' ? 'text-bronze' : 'text-ink-soft')} />
              <span className="truncate font-serif text-[0.95rem] italic">{each.text ?? 'forgotten'}</span>
            </button>
          </li>
        ))}
        {shown.length < reply.recalled.length && (
          <li>
            <Button look="quiet" className="py-0.5!" onClick={() => setAll(true)}>
              {reply.recalled.length - shown.length} more
            </Button>
          </li>
        )}
      </ul>
      <div ref={panel} id={panelId}>
        {opened && (
          <div className="mt-3 border-verdigris border-l-2 py-1 pl-4">
            <Opened recalled={opened} onGone={() => setOpen(null)} />
          </div>
        )}
      </div>
    </section>
  )
}

function Opened({ recalled, onGone }: { recalled: Recalled; onGone: () => void }) {
  if (recalled.kind === 'memory') return <MemoryDetail id={recalled.id} onGone={onGone} />
  return (
    <div>
      <blockquote className="font-serif text-lg leading-snug">{recalled.text}</blockquote>
      <p className="mt-2 text-ink-soft text-sm">
        Said on {dayOf(recalled.createdAt)}
        {recalled.threadId && (
          <>
            {' · '}
            <SourceLink
              source={{ messageId: recalled.id, threadId: recalled.threadId, threadTitle: 'Go to the message' }}
            />
          </>
        )}
      </p>
    </div>
  )
}

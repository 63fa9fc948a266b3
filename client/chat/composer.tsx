import { ArrowUp, Square } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { IconButton } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { TEXT_LIMIT } from '#shared/limits.ts'
import { useChat } from './chat-context.tsx'
import { useSending } from './use-sending.ts'

interface ComposerProps {
  /** Whose draft this is: a thread's id, or "new". */
  draftOf: string
  running: boolean
  /** What is said in this chat is not kept. */
  temporary?: boolean
  onSend: (text: string) => void
  onStop: () => void
  /** Quiet words beside the button. */
  children?: ReactNode
}

const WARN_BELOW = 2_000

/** Where a person writes. What stands in it is kept from the first key, and leaves it only for the outbox. */
export function Composer({ draftOf, running, temporary, onSend, onStop, children }: ComposerProps) {
  const { drafts } = useChat()
  const [text, setText] = useState(() => drafts.read(draftOf))
  const [kept, setKept] = useState(true)
  const field = useRef<HTMLTextAreaElement>(null)
  const { byFinger, ...sending } = useSending(send)
  const left = TEXT_LIMIT - text.length
  const sendable = text.trim() !== '' && left >= 0 && !running

  useEffect(() => {
    if (!byFinger) field.current?.focus({ preventScroll: true })
  }, [byFinger])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const box = field.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }, [text])

  const write = (next: string) => {
    setText(next)
    setKept(drafts.write(draftOf, next))
  }
  function send() {
    if (!sendable) return
    onSend(text)
    write('')
    if (byFinger) field.current?.blur()
    else field.current?.focus()
  }
  const stop = () => {
    onStop()
    if (!byFinger) field.current?.focus()
  }

  return (
    <form
      {...sending.form}
      className={cx(
        'rounded-one border border-line-strong bg-paper-lift transition-colors focus-within:border-verdigris',
        temporary && 'border-dashed',
      )}
    >
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label="Your message"
        dir="auto"
        placeholder={temporary ? 'Write; nothing is kept' : 'Write to Moneta'}
        onChange={(event) => write(event.target.value)}
        {...sending.field}
        className="block max-h-[40dvh] w-full resize-none bg-transparent px-4 pt-3.5 pb-1 font-serif text-lg leading-snug outline-none"
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        <div className="flex min-w-0 flex-1 items-center gap-2 px-2 text-ink-soft text-xs">
          {children}
          {!kept && (
            <span role="status" className="text-harm">
              This browser has no room left to keep your words: send them before you leave.
            </span>
          )}
          {left < WARN_BELOW && (
            <span role="status" className={left < 0 ? 'text-harm' : undefined}>
              {left < 0 ? `${-left} characters too long: shorten it or send it in parts` : `${left} characters left`}
            </span>
          )}
        </div>
        {running ? (
          <IconButton label="Stop (Escape)" onClick={stop} className="border border-line-strong">
            <Square className="fill-current" />
          </IconButton>
        ) : (
          <IconButton
            type="submit"
            label="Send"
            disabled={!sendable}
            className="bg-verdigris text-on-verdigris! hover:bg-verdigris! hover:opacity-90"
          >
            <ArrowUp />
          </IconButton>
        )}
      </div>
    </form>
  )
}

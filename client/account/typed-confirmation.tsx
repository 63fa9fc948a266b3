import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '#client/ui/button.tsx'

interface TypedConfirmationProps {
  title: string
  /** What opens it, in a word. */
  open: string
  /** What goes, and that it does not come back. */
  children: ReactNode
  /** What must be typed before the button works. */
  phrase: string
  busy: boolean
  /** Why it did not work. */
  problem?: string
  onConfirm: () => void
}

/** For what has no way back: it opens in place, says what goes, and wants a sentence typed. */
export function TypedConfirmation({ title, open, children, phrase, busy, problem, onConfirm }: TypedConfirmationProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const field = useId()
  const meant = typed?.trim().toLowerCase() === phrase
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (meant && !busy) onConfirm()
  }
  const close = () => {
    setTyped(null)
    opener.current?.focus()
  }
  return (
    <div className="py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium">{title}</h3>
        <Button
          ref={opener}
          look="quiet"
          aria-label={`${title}…`}
          aria-expanded={typed !== null}
          onClick={() => (typed === null ? setTyped('') : close())}
        >
          {open}…
        </Button>
      </div>
      {typed !== null && (
        <form onSubmit={submit} className="mt-2 border-harm border-l-2 py-1 pl-4">
          <div className="max-w-prose text-sm leading-relaxed">{children}</div>
          <label htmlFor={field} className="mt-4 block text-sm">
            To confirm, type <strong className="font-medium">{phrase}</strong>
          </label>
          <input
            id={field}
            // biome-ignore lint/a11y/noAutofocus: it opens in answer to a press
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && close()}
            className="touch mt-1.5 w-full max-w-72 rounded-one border border-line-strong bg-paper-lift px-3 py-1.5"
          />
          {problem && (
            <p role="alert" className="mt-2 text-harm text-sm">
              {problem}
            </p>
          )}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button type="submit" look="harm" disabled={!meant || busy}>
              {title} for good
            </Button>
            <Button look="quiet" onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}

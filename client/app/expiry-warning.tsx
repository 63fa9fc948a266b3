import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { useSessionView } from './session-view.ts'
import { inWords } from './session-words.ts'
import { useNow } from './use-now.ts'

/**
 * Said five minutes before the session ends: one button keeps it. Below the page, in a place of its own: it covers nothing,
 * and what is being read stays where it is.
 */
export function ExpiryWarning() {
  const { connection, expiresAt, stay } = useSessionView()
  const now = useNow(1_000)
  const [state, setState] = useState<'asking' | 'staying' | 'failed'>('asking')
  if (connection !== 'expiring') return null
  const press = () => {
    setState('staying')
    stay().then(
      () => setState('asking'),
      () => setState('failed'),
    )
  }
  return (
    <div
      role="alertdialog"
      aria-label="Your session ends soon"
      aria-describedby="expiry-words"
      className="flex shrink-0 items-center justify-between gap-5 border-bronze border-t bg-paper-lift px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      <div>
        <h2 className="font-serif text-lg leading-tight">Are you still here?</h2>
        <p id="expiry-words" className="mt-0.5 text-ink-soft text-sm tabular-nums">
          Your session ends {expiresAt === null ? 'in a few minutes' : inWords(expiresAt - now)}. Nothing you wrote will
          be lost.
          {state === 'failed' && ' That did not work; try again.'}
        </p>
      </div>
      <Button look="primary" className="shrink-0" disabled={state === 'staying'} onClick={press}>
        Stay signed in
      </Button>
    </div>
  )
}

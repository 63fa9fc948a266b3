import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { useSessionView } from './session-view.ts'
import { inWords } from './session-words.ts'
import { useNow } from './use-now.ts'

/** Said five minutes before the session ends: one button keeps it. */
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
      className="fixed inset-x-3 top-3 z-30 mx-auto max-w-md rounded-one border border-bronze bg-paper-lift p-5 shadow-float sm:right-4 sm:left-auto sm:mx-0"
    >
      <h2 className="font-serif text-xl">Are you still here?</h2>
      <p id="expiry-words" className="mt-1 text-ink-soft text-sm tabular-nums">
        Your session ends {expiresAt === null ? 'in a few minutes' : inWords(expiresAt - now)}. Nothing you wrote will
        be lost.
        {state === 'failed' && ' That did not work; try again.'}
      </p>
      <Button look="primary" className="mt-4" disabled={state === 'staying'} onClick={press}>
        Stay signed in
      </Button>
    </div>
  )
}

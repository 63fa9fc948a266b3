import { useEffect, useState } from 'react'
import type { SessionEvent } from '#client/auth/session-events.ts'
import type { TokenKeeper } from '#client/auth/token-keeper.ts'

const KEPT = 100

interface Entry {
  id: number
  event: SessionEvent
}

/** In development: what the session does, the newest first. */
export default function EventPanel({ keeper }: { keeper: TokenKeeper }) {
  const [entries, setEntries] = useState<readonly Entry[]>([])
  useEffect(() => {
    const add = (event: SessionEvent) => (known: readonly Entry[]) =>
      [{ id: (known[0]?.id ?? 0) + 1, event }, ...known].slice(0, KEPT)
    return keeper.watch((event) => setEntries(add(event)))
  }, [keeper])
  return (
    <details className="fixed right-3 bottom-3 z-40 max-w-md rounded-one border border-line bg-paper-lift px-3 py-1 font-mono text-xs shadow-float">
      <summary>Session: {entries[0]?.event.type ?? 'nothing yet'}</summary>
      <ol className="max-h-60 overflow-y-auto py-1">
        {entries.map(({ id, event }) => (
          <li key={id}>{describe(event)}</li>
        ))}
      </ol>
    </details>
  )
}

function describe({ type, at, ...rest }: SessionEvent): string {
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value) : value}`,
  )
  return [new Date(at).toLocaleTimeString(), type, ...facts].join(' · ')
}

import type { ImportState } from '#shared/transfer.ts'
import { broughtWords, knownWords, passedOver } from './words.ts'

const ended: Record<ImportState['status'], string> = {
  receiving: 'Imported so far',
  reading: 'Imported so far',
  done: 'Imported',
  cancelled: 'Cancelled. Imported before that',
  failed: 'Not finished. Imported before that',
  interrupted: 'Broken off. Imported before that',
}

/** What the last file came to: what was new, what was here already, and what was passed over and why. */
export function ImportResult({ state: { status, summary, startedAt } }: { state: ImportState }) {
  const brought = broughtWords(summary)
  const known = knownWords(summary)
  const skipped = passedOver(summary)
  return (
    <div role="status" className="mt-4 text-sm">
      <p>
        <span className="font-medium">{ended[status]}:</span> {brought ?? 'nothing new'}.{' '}
        <span className="whitespace-nowrap text-ink-soft">{new Date(startedAt).toLocaleDateString()}</span>
      </p>
      {known && <p className="mt-1 text-ink-soft">Here already: {known}.</p>}
      {skipped.length > 0 && (
        <details className="mt-1 text-ink-soft">
          <summary className="touch inline-flex items-center underline decoration-line-strong underline-offset-4">
            Passed over: {skipped.reduce((sum, { count }) => sum + count, 0).toLocaleString()}
          </summary>
          <ul className="mt-1 space-y-0.5">
            {skipped.map(({ reason, count }) => (
              <li key={reason} className="flex gap-3">
                <span className="w-12 shrink-0 text-right tabular-nums">{count.toLocaleString()}</span>
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

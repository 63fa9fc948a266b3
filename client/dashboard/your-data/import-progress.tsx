import { Button } from '#client/ui/button.tsx'
import { type ImportState, isUnderWay } from '#shared/transfer.ts'
import { broughtWords } from './words.ts'

interface ImportProgressProps {
  state: ImportState | null
  onCancel: () => void
}

/** How far the file is. The page may be left meanwhile. */
export function ImportProgress({ state, onCancel }: ImportProgressProps) {
  const current = state && isUnderWay(state) ? state : null
  const share = current?.total ? Math.min(100, Math.floor((100 * current.done) / current.total)) : null
  const what = current?.status === 'reading' ? 'Reading' : 'Sending the file'
  const so = current?.status === 'reading' ? broughtWords(current.summary) : null
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <p id="import-progress">{what} …</p>
        <p aria-hidden className="text-ink-soft text-sm tabular-nums">
          {share === null ? '' : `${share} %`}
        </p>
      </div>
      <div
        role="progressbar"
        aria-labelledby="import-progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share ?? undefined}
        className="mt-2 h-1.5 overflow-hidden rounded-one bg-paper-deep"
      >
        <div className="h-full bg-verdigris transition-[width] duration-300" style={{ width: `${share ?? 0}%` }} />
      </div>
      <div className="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-ink-soft text-sm tabular-nums">{so ? `${so} so far` : 'You can go on using Moneta.'}</p>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

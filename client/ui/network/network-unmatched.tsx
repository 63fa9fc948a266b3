import { Button } from '#client/ui/button.tsx'

/** That a search matches no memory of the network, and the way out of it. */
export function NetworkUnmatched({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <div className="flex min-w-0 items-center gap-2 text-ink-soft text-sm">
      <p role="status" className="min-w-0 truncate">
        Nothing in the network matches “{search.trim()}”
      </p>
      <Button look="quiet" className="shrink-0" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

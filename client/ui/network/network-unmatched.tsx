import { Button } from '#client/ui/button.tsx'

/** That a search matches no memory of the network, and the way out of it. */
export function NetworkUnmatched({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <div className="flex items-center justify-between gap-3 py-1 text-sm">
      <p role="status" className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">
        Nothing in the network matches “{search.trim()}”.
      </p>
      <Button className="shrink-0" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

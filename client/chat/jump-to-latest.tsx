import { ArrowDown } from 'lucide-react'

interface JumpToLatestProps {
  shown: boolean
  onJump: () => void
}

/** The way back to the end, only for who has left it. */
export function JumpToLatest({ shown, onJump }: JumpToLatestProps) {
  if (!shown) return null
  return (
    <button
      type="button"
      onClick={onJump}
      className="touch absolute -top-11 left-1/2 inline-flex -translate-x-1/2 items-center gap-1.5 rounded-one border border-line bg-paper-lift px-3 py-1.5 text-sm shadow-float"
    >
      <ArrowDown className="size-4" aria-hidden="true" />
      Jump to latest
    </button>
  )
}

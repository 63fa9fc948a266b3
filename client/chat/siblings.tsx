import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '#client/ui/button.tsx'

interface SiblingsProps {
  siblings: readonly string[]
  id: string
  onShow: (id: string) => void
}

/** ‹ 2/3 ›: the versions of one turn. */
export function Siblings({ siblings, id, onShow }: SiblingsProps) {
  if (siblings.length < 2) return null
  const at = siblings.indexOf(id)
  const [before, after] = [siblings[at - 1], siblings[at + 1]]
  return (
    <fieldset aria-label="Versions" className="inline-flex items-center text-ink-soft text-xs tabular-nums">
      <IconButton label="Version before" disabled={!before} onClick={() => before && onShow(before)}>
        <ChevronLeft />
      </IconButton>
      <span>
        {at + 1}/{siblings.length}
      </span>
      <IconButton label="Version after" disabled={!after} onClick={() => after && onShow(after)}>
        <ChevronRight />
      </IconButton>
    </fieldset>
  )
}

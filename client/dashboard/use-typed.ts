import { useEffect, useRef, useState } from 'react'
import { useFilters } from './use-filters.ts'

const PAUSE_MS = 250

interface Typed {
  /** What stands in the search field, from the first key. */
  typed: string
  /** Asked for a moment after the last key. */
  type: (text: string) => void
  /** Asked for at once, in place of what is waiting to be. */
  search: (text: string) => void
}

/** The search as it is typed; it follows the address when something else than typing changed that. */
export function useTyped(): Typed {
  const [{ q }, setFilters] = useFilters()
  const [typed, setTyped] = useState(q ?? '')
  const asked = useRef(q)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])
  useEffect(() => {
    if (q === asked.current) return
    clearTimeout(pause.current)
    asked.current = q
    setTyped(q ?? '')
  }, [q])
  const search = (text: string) => {
    clearTimeout(pause.current)
    setTyped(text)
    asked.current = text.trim() || undefined
    setFilters({ q: asked.current }, { replace: true })
  }
  return {
    typed,
    type(text) {
      clearTimeout(pause.current)
      setTyped(text)
      pause.current = setTimeout(() => search(text), PAUSE_MS)
    },
    search,
  }
}

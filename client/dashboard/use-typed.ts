import { useEffect, useRef, useState } from 'react'
import { useFilters } from './use-filters.ts'

interface Typed {
  /** What stands in the search field, from the first key. */
  typed: string
  type: (text: string) => void
  /** Puts it into the address. */
  search: (query: string | undefined) => void
  clear: () => void
}

/** The search as it is typed; it follows the address when something else than typing changed that. */
export function useTyped(): Typed {
  const [{ q }, setFilters] = useFilters()
  const [typed, type] = useState(q ?? '')
  const asked = useRef(q)
  useEffect(() => {
    if (q === asked.current) return
    asked.current = q
    type(q ?? '')
  }, [q])
  const search = (query: string | undefined) => {
    asked.current = query
    setFilters({ q: query }, { replace: true })
  }
  return {
    typed,
    type,
    search,
    clear() {
      type('')
      search(undefined)
    },
  }
}

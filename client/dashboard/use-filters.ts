import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Filters, readFilters } from './filters.ts'

/** The filters in the address, and how to change some of them. */
export function useFilters(): [Filters, (changes: Filters, options?: { replace: boolean }) => void] {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  return [
    readFilters(search),
    (changes, options) =>
      void navigate({
        to: '/memory',
        search: (now: Record<string, unknown>) => readFilters({ ...now, ...changes }),
        replace: options?.replace ?? false,
        resetScroll: false,
      }),
  ]
}

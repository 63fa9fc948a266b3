import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Filters, readFilters } from './filters.ts'

/** The filters in the address, and how to change some of them. */
export function useFilters(): [Filters, (changes: Filters, options?: { replace: boolean }) => void] {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const filters = readFilters(search)
  return [
    filters,
    (changes, options) =>
      void navigate({
        to: '/memory',
        search: readFilters({ ...filters, ...changes }),
        replace: options?.replace ?? false,
        resetScroll: false,
      }),
  ]
}

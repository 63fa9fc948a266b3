/** What the dashboard shows, as it stands in the address: a view can be kept, sent and gone back to. */
export interface Filters {
  /** Days of activity. */
  days?: 7 | 30 | 90 | 365
  q?: string
  order?: 'strongest'
  /** The memory that is opened. */
  memory?: string
}

export const periods = [7, 30, 90, 365] as const

/** Reads the address; what it does not know is left out rather than refused. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {}
  const days = periods.find((period) => period === Number(search.days))
  if (days && days !== 30) filters.days = days
  if (typeof search.q === 'string' && search.q.trim() !== '') filters.q = search.q.slice(0, 2_000)
  if (search.order === 'strongest') filters.order = 'strongest'
  if (typeof search.memory === 'string') filters.memory = search.memory
  return filters
}

import type { MemoryFilter } from '#shared/memory-filter.ts'

/** What the dashboard shows, as it stands in the address: a view can be kept, sent and gone back to. */
export interface Filters {
  /** Days of activity. */
  days?: (typeof periods)[number]
  q?: string
  order?: 'strongest'
  kind?: string
  tag?: string
  person?: string
  place?: string
  date?: string
  origin?: MemoryFilter['origin']
  /** The memory that is opened. */
  memory?: string
  /** Which part of the network is drawn; left out, the strongest. `around` is a memory's id, `reply` a message's. */
  part?: 'found'
  around?: string
  reply?: string
  /** The network has the whole width. */
  network?: 'large'
}

export const periods = [7, 30, 90, 365] as const
export const origins = ['person', 'chat', 'model', 'import'] as const

const LONGEST_NAME = 200
const entities = ['person', 'place', 'date'] as const
const names = ['kind', 'tag', ...entities] as const
const ids = ['memory', 'around', 'reply'] as const

/** Reads the address; what it does not know is left out rather than refused. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {}
  const days = periods.find((period) => period === Number(search.days))
  if (days && days !== 30) filters.days = days
  const q = readText(search.q, 2_000)
  if (q) filters.q = q
  if (search.order === 'strongest') filters.order = 'strongest'
  for (const key of names) {
    const value = readText(search[key], LONGEST_NAME)
    if (value) filters[key] = value
  }
  for (const key of ids) {
    const value = search[key]
    if (typeof value === 'string') filters[key] = value
  }
  const origin = origins.find((each) => each === search.origin)
  if (origin) filters.origin = origin
  if (search.part === 'found') filters.part = 'found'
  if (search.network === 'large') filters.network = 'large'
  return filters
}

/** The part of the address that narrows memories down. Of person, place and date, one at a time. */
export function memoryFilter({ kind, tag, origin, ...rest }: Filters): MemoryFilter {
  const about = entities.find((each) => rest[each])
  const name = about && rest[about]
  return {
    ...(kind && { kind }),
    ...(tag && { tag }),
    ...(origin && { origin }),
    ...(about && name && { entity: { kind: about, name } }),
  }
}

export type Narrowing = (typeof names)[number] | 'origin'

/** The change to the address that narrows by one thing, or no longer does. */
export function narrow(by: Narrowing, value: string | undefined): Filters {
  const others = entities.some((each) => each === by) ? { person: undefined, place: undefined, date: undefined } : {}
  return { ...others, [by]: value }
}

/** No longer narrowed by anything. */
export const WIDE: Filters = { kind: undefined, tag: undefined, origin: undefined, ...narrow('person', undefined) }

/** The router reads `q=2024` as a number. */
function readText(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  return text.trim() === '' ? undefined : text.slice(0, longest)
}

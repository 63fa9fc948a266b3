const DAY_MS = 86_400_000

/** "14:05" in the reader's own manner. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

/** "3 May", with the year when it is another one. */
export function dayOf(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year })
}

/** A moment's day as a date field holds it, in the reader's time zone; empty for none. */
export function dateField(iso: string | null): string {
  if (!iso) return ''
  const date = new Date(iso)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The last moment of the day of a date field, in the reader's time zone. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59.999`).toISOString()
}

/**
 * A date that a memory speaks of, in words: "14 March 2026", "March 2026", "2026", and "14 March" for a day of every
 * year. `date` is ISO 8601 as far as it was said; what is not comes back as it is.
 */
export function entityDate(date: string): string {
  const parts = /^(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date)
  if (!parts) return date
  const [, year = '-', month, day] = parts
  if (month === undefined) return year
  const at = new Date(Date.UTC(year === '-' ? 2000 : Number(year), Number(month) - 1, Number(day ?? 1)))
  return at.toLocaleDateString(undefined, {
    day: day ? 'numeric' : undefined,
    month: 'long',
    year: year === '-' ? undefined : 'numeric',
    timeZone: 'UTC',
  })
}

/** The heading under which a list shows this moment: "Today", "Yesterday", "Last 7 days", then the month. */
export function period(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  if (date.getTime() >= midnight) return 'Today'
  if (date.getTime() >= midnight - DAY_MS) return 'Yesterday'
  if (date.getTime() >= midnight - 6 * DAY_MS) return 'Last 7 days'
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return date.toLocaleDateString(undefined, { month: 'long', year })
}

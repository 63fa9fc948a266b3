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

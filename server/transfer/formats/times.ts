import { z } from 'zod'

/** Nobody chatted with a program before: an earlier time is a clock that was never set. */
const EARLIEST = Date.parse('1990-01-01T00:00:00Z')
/** How far the clock that wrote a file may be ahead. */
const AHEAD_MS = 24 * 60 * 60 * 1000

/** Seconds since the epoch, or ISO-8601; null for what is neither. */
export const time = z
  .union([z.number().transform((seconds) => new Date(seconds * 1000)), z.string().transform((text) => new Date(text))])
  .transform((date) => (Number.isNaN(date.getTime()) ? null : date))
  .nullish()
  .catch(null)
  .transform((date) => date ?? null)

/** A moment at which something can have been said; null for any other. */
export function plausible(date: Date | null, now: Date): Date | null {
  if (!date || date.getTime() < EARLIEST || date.getTime() > now.getTime() + AHEAD_MS) return null
  return date
}

/** The latest moment that the database and a page agree on. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

export function storableTime(date: Date | null): Date | null {
  return date && date.getTime() >= 0 && date.getTime() <= LAST ? date : null
}

/** Nothing is tried again sooner than this. */
const SOONEST_MS = 1_000
const RETRY_CAP_MS = 30_000

/** How long before its expiry a token is renewed: a sixth of its lifetime, between 1 s and 60 s. */
function leadOf(lifetimeMs: number): number {
  return Math.min(60_000, Math.max(1_000, lifetimeMs / 6))
}

/** How often tokens of this lifetime are renewed while nothing goes wrong. */
export function periodOf(lifetimeMs: number): number {
  return lifetimeMs - leadOf(lifetimeMs)
}

/** The lead with its jitter: earlier by at most 2 % of the lifetime, so that tabs do not renew at once. */
export function jitteredLead(lifetimeMs: number, random: () => number): number {
  return leadOf(lifetimeMs) + random() * 0.02 * lifetimeMs
}

/** Timers may fire this much before their time, in milliseconds. */
const EARLY_MS = 20

export function isDue(remainingMs: number, leadMs: number): boolean {
  return remainingMs <= leadMs + EARLY_MS
}

/** Milliseconds until a token with this much left should be renewed. */
export function dueIn(remainingMs: number, leadMs: number): number {
  return Math.max(SOONEST_MS, remainingMs - leadMs)
}

/**
 * Milliseconds until the next attempt after `failures` failed ones: exponential from 1 s to 30 s with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and no sooner than Retry-After asks.
 */
export function backoff(failures: number, retryAfterMs: number, random: () => number): number {
  const ceiling = Math.min(RETRY_CAP_MS, SOONEST_MS * 2 ** failures)
  return Math.max(SOONEST_MS, retryAfterMs, random() * ceiling)
}

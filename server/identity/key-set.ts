import type { Clock } from '#shared/clock.ts'

/** How long a request waits for the keys, and how long none is asked for again, in milliseconds. */
const DEADLINE_MS = 5000
const COOL_DOWN_MS = 10_000
const STALE_MS = 3_600_000

/**
 * Public keys by name, fetched from afar: one fetch at a time, and at most one in 10 s whatever names are asked for, so
 * that forged tokens cannot make this server flood its identity provider.
 */
export function createKeySet(load: () => Promise<Map<string, string>>, clock: Pick<Clock, 'monotonic' | 'after'>) {
  let keys = new Map<string, string>()
  let loadedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let flight: Promise<void> | null = null

  async function reload() {
    askedAt = clock.monotonic()
    keys = await within(DEADLINE_MS, load(), clock)
    loadedAt = clock.monotonic()
  }

  return {
    /** @throws when the keys cannot be had, or were asked for so lately that a new one may be among them unseen. */
    async find(kid: string): Promise<string | null> {
      const now = clock.monotonic()
      const key = keys.get(kid)
      if (key && now - loadedAt < STALE_MS) return key
      if (!flight && now - askedAt < COOL_DOWN_MS) {
        if (key) return key
        throw new Error('The identity provider was asked for its keys a moment ago')
      }
      flight ??= reload().finally(() => {
        flight = null
      })
      try {
        await flight
      } catch (error) {
        if (key) return key
        throw error
      }
      return keys.get(kid) ?? null
    },
  }
}

function within<T>(ms: number, work: Promise<T>, clock: Pick<Clock, 'after'>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`No answer within ${ms} ms`)))
    work.then(resolve, reject).finally(cancel)
  })
}

import type { Clock } from '#shared/clock.ts'

export interface FakeClock extends Clock {
  /** Lets time pass: what was due in it has run, in order, when this returns. */
  advance(ms: number): void
  /** Sets the machine's time without letting any pass. */
  jump(ms: number): void
}

/** A clock that stands still until it is stepped. */
export function createFakeClock(start = Date.parse('2026-03-02T09:00:00Z')): FakeClock {
  let elapsed = 0
  let offset = start
  const due = new Map<symbol, { at: number; run: () => void }>()

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after(ms, run) {
      const key = Symbol('timer')
      due.set(key, { at: elapsed + ms, run })
      return () => due.delete(key)
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const next = [...due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0]
        if (!next) break
        const [key, { at, run }] = next
        due.delete(key)
        elapsed = at
        run()
      }
      elapsed = end
    },
    jump(ms) {
      offset += ms
    },
  }
}

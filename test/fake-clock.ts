import type { Clock } from '#shared/clock.ts'

interface Timer {
  due: number
  run: () => void
}

/** Time that passes only when the test says so. */
export class FakeClock implements Clock {
  #now = 0
  readonly #timers = new Set<Timer>()

  now() {
    return Date.UTC(2026, 0, 1) + this.#now
  }

  monotonic() {
    return this.#now
  }

  after(ms: number, run: () => void) {
    const timer = { due: this.#now + ms, run }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** How many timers have yet to fall due. */
  get waiting() {
    return this.#timers.size
  }

  /** Lets `ms` milliseconds pass: what falls due runs in order, at its time. */
  advance(ms: number) {
    const end = this.#now + ms
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#timers.delete(next)
      this.#now = next.due
      next.run()
    }
    this.#now = end
  }

  /** Lets time pass until `promise` is settled, at a twentieth of its duration, so that real files keep up. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    promise.then(
      () => (settled = true),
      () => (settled = true),
    )
    while (!settled) {
      this.advance(100)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return promise
  }

  #nextUntil(end: number): Timer | undefined {
    return [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0]
  }
}

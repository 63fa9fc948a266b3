import type { Clock } from '#shared/clock.ts'

interface Timer {
  at: number
  run: () => void
}

/**
 * A clock that moves only when it is stepped. `truth` is the time of the world; the machine's two clocks follow it each
 * in its own way: the wall clock may be wrong by `wallError`, the steady one stands still during `sleep`.
 */
export class FakeClock implements Clock {
  truth: number
  wallError = 0
  #steady = 0
  readonly #timers = new Set<Timer>()

  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.truth = start
  }

  now(): number {
    return this.truth + this.wallError
  }

  monotonic(): number {
    return this.#steady
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#steady + Math.max(0, ms), run }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size
  }

  /** Milliseconds until the next timer; infinite when none is set. */
  get untilNext(): number {
    return Math.min(...[...this.#timers].map((timer) => timer.at)) - this.#steady
  }

  /** Lets `ms` milliseconds pass, running what falls due in its order, and what follows from it, before going on. */
  async step(ms: number): Promise<void> {
    const end = this.#steady + ms
    await settle()
    for (let timer = this.#dueBy(end); timer; timer = this.#dueBy(end)) {
      this.#pass(Math.max(0, timer.at - this.#steady))
      this.#timers.delete(timer)
      timer.run()
      await settle()
    }
    this.#pass(end - this.#steady)
    await settle()
  }

  /** The same for what waits for nothing but timers: all that falls due has run, in its order, when this returns. */
  advance(ms: number): void {
    const end = this.#steady + ms
    for (let timer = this.#dueBy(end); timer; timer = this.#dueBy(end)) {
      this.#pass(timer.at - this.#steady)
      this.#timers.delete(timer)
      timer.run()
    }
    this.#pass(end - this.#steady)
  }

  /** Somebody sets the machine's clock, and no time passes. */
  jump(ms: number): void {
    this.wallError += ms
  }

  /** The laptop is shut: the world goes on, the steady clock and the timers do not. */
  sleep(ms: number): void {
    this.truth += ms
  }

  /** Timers are held back: `ms` milliseconds pass on every clock, and nothing runs. */
  stall(ms: number): void {
    this.#pass(ms)
  }

  #pass(ms: number): void {
    this.truth += ms
    this.#steady += ms
  }

  #dueBy(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (timer.at <= end && (!first || timer.at < first.at)) first = timer
    return first
  }
}

/** Lets everything that waits for no timer and no network run to its end. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

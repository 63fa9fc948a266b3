import type { Clock } from '#shared/clock.ts'

/** Somebody who waits and can be told that it is over. */
export interface Waiter {
  refuse(error: Error): void
}

/** Those who wait for one thing, each no longer than `patienceMs`, under one timer. */
export class Waiters<T extends Waiter> {
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #tired: () => Error | null
  /** Each with its deadline (monotonic), earliest first. */
  readonly #deadlines = new Map<T, number>()
  #cancelTimer: (() => void) | null = null

  /** `tired` says what to tell those whose time is up; null lets them wait on until `restart`. */
  constructor(clock: Clock, patienceMs: number, tired: () => Error | null) {
    this.#clock = clock
    this.#patienceMs = patienceMs
    this.#tired = tired
  }

  get size(): number {
    return this.#deadlines.size
  }

  add(waiter: T): void {
    this.#deadlines.set(waiter, this.#clock.monotonic() + this.#patienceMs)
    this.#cancelTimer ??= this.#clock.after(this.#patienceMs, () => this.#lookAtTheTime())
  }

  remove(waiter: T): void {
    this.#deadlines.delete(waiter)
    this.#restIfIdle()
  }

  /** Empties the room, handing each to `each`. */
  release(each: (waiter: T) => void): void {
    const all = [...this.#deadlines.keys()]
    this.#deadlines.clear()
    this.#restIfIdle()
    for (const waiter of all) each(waiter)
  }

  fail(error: Error): void {
    this.release((waiter) => waiter.refuse(error))
  }

  /** Answers at once whoever could not wait another `ms` milliseconds anyhow. */
  failWithin(ms: number, error: Error): void {
    const at = this.#clock.monotonic() + ms
    for (const [waiter, deadline] of [...this.#deadlines]) {
      if (deadline >= at) break
      this.remove(waiter)
      waiter.refuse(error)
    }
  }

  /** Gives everyone the full time again. */
  restart(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    for (const waiter of [...this.#deadlines.keys()]) this.add(waiter)
  }

  #lookAtTheTime(): void {
    this.#cancelTimer = null
    const error = this.#tired()
    if (!error) return
    this.failWithin(1, error)
    const [next] = this.#deadlines.values()
    if (next === undefined) return
    this.#cancelTimer ??= this.#clock.after(next - this.#clock.monotonic(), () => this.#lookAtTheTime())
  }

  #restIfIdle(): void {
    if (this.#deadlines.size > 0) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }
}

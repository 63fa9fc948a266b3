import type { Clock } from '#shared/clock.ts'

interface Waiter {
  deadline: number
  cancelDeadline: () => void
  resolve: () => void
  reject: (error: Error) => void
}

/** Operations that wait for one thing, each no longer than `patienceMs`. */
export class Waiters {
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #tired: () => Error | null
  readonly #waiting = new Set<Waiter>()

  /** `tired` says what to tell a waiter whose time is up; null lets it wait on until `restart`. */
  constructor(clock: Clock, patienceMs: number, tired: () => Error | null) {
    this.#clock = clock
    this.#patienceMs = patienceMs
    this.#tired = tired
  }

  get size(): number {
    return this.#waiting.size
  }

  /** Resolves at `release`; rejects with the signal's reason at once when it is aborted. */
  add(signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const settle = () => {
        waiter.cancelDeadline()
        signal?.removeEventListener('abort', abort)
        this.#waiting.delete(waiter)
      }
      const abort = () => waiter.reject(signal?.reason)
      const waiter: Waiter = {
        deadline: 0,
        cancelDeadline: () => {},
        resolve: () => {
          settle()
          resolve()
        },
        reject: (error) => {
          settle()
          reject(error)
        },
      }
      this.#waiting.add(waiter)
      this.#allow(waiter)
      signal?.addEventListener('abort', abort)
    })
  }

  release(): void {
    for (const waiter of [...this.#waiting]) waiter.resolve()
  }

  fail(error: Error): void {
    for (const waiter of [...this.#waiting]) waiter.reject(error)
  }

  /** Answers at once whoever could not wait another `ms` milliseconds anyhow. */
  failWithin(ms: number, error: Error): void {
    const at = this.#clock.monotonic() + ms
    for (const waiter of [...this.#waiting]) if (waiter.deadline < at) waiter.reject(error)
  }

  /** Gives everyone the full time again. */
  restart(): void {
    for (const waiter of this.#waiting) this.#allow(waiter)
  }

  #allow(waiter: Waiter): void {
    waiter.cancelDeadline()
    waiter.deadline = this.#clock.monotonic() + this.#patienceMs
    waiter.cancelDeadline = this.#clock.after(this.#patienceMs, () => {
      const error = this.#tired()
      if (error) waiter.reject(error)
    })
  }
}

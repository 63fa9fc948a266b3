import type { Clock } from '#shared/clock.ts'
import { backoff } from './schedule.ts'
import { SessionError } from './session-error.ts'
import type { SourceError } from './token-source.ts'

/** The longest pause while somebody waits, in milliseconds: half of what an operation waits. */
const ATTENDED_MS = 4_000

/** The pause after a failed refresh, longer with each failure in a row. */
export class CoolDown {
  readonly #clock: Clock
  readonly #random: () => number
  #failures = 0
  #until = 0
  #retryAt = 0
  #failedAt = 0
  /** Why the last refresh failed; null since one succeeded. */
  error: SourceError | null = null

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  get failures(): number {
    return this.#failures
  }

  /** Milliseconds until the next attempt may be made. */
  get left(): number {
    return this.error ? Math.max(0, this.#until - this.#clock.monotonic()) : 0
  }

  /** The same moment in milliseconds since the epoch, for people; null when there is no pause. */
  get retryAt(): number | null {
    return this.error ? this.#retryAt : null
  }

  begin(error: SourceError, attended: boolean): void {
    this.#failures += 1
    this.error = error
    this.#failedAt = this.#clock.monotonic()
    this.#pause(backoff(this.#failures, error.retryAfterMs, this.#random))
    if (attended) this.hurry()
  }

  /** Somebody waits: try sooner than by itself, unless the provider asked to be left alone. */
  hurry(): void {
    this.#shorten(this.#failedAt + ATTENDED_MS - this.#clock.monotonic())
  }

  /** Something changed for the better: try at once, with the same exception. */
  cutShort(): void {
    this.#shorten(0)
  }

  clear(): void {
    this.#failures = 0
    this.error = null
  }

  /** What to tell those who cannot wait for its end. */
  excuse(): SessionError {
    return new SessionError(this.error?.kind ?? 'unavailable', { cause: this.error })
  }

  #shorten(ms: number): void {
    if (this.error?.retryAfterMs === 0 && ms < this.left) this.#pause(ms)
  }

  #pause(ms: number): void {
    this.#until = this.#clock.monotonic() + ms
    this.#retryAt = this.#clock.now() + ms
  }
}

import type { Clock } from '#shared/clock.ts'
import type { HeldToken } from './issuer-clock.ts'
import { SourceError } from './token-source.ts'

/** A token; null when nobody is signed in; or why neither can be told now. */
export type FlightResult = HeldToken | SourceError | null

/**
 * One attempt to get a token. It is given up after `patienceMs`, for a provider may retry for minutes or never answer;
 * a token that it brings after all is still reported, so `landed` may be called twice.
 */
export class TokenFlight {
  readonly #controller = new AbortController()
  readonly #cancelDeadline: () => void

  constructor(
    clock: Clock,
    patienceMs: number,
    obtain: (signal: AbortSignal) => Promise<HeldToken | null>,
    landed: (flight: TokenFlight, result: FlightResult) => void,
  ) {
    this.#cancelDeadline = clock.after(patienceMs, () => {
      landed(this, new SourceError('unavailable', `The identity provider did not answer within ${patienceMs} ms`))
    })
    // Not at once: a provider may call back while it is asked, and whoever hears it must find this flight under way.
    const asked = Promise.resolve().then(() => obtain(this.#controller.signal))
    asked.then(
      (token) => landed(this, token),
      (error) => landed(this, error instanceof SourceError ? error : unexplained(error)),
    )
  }

  /** Neither the deadline nor anything but a token matters from now on. */
  abandon(): void {
    this.#cancelDeadline()
    this.#controller.abort()
  }
}

function unexplained(cause: unknown): SourceError {
  return new SourceError('unavailable', 'The identity provider could not be asked for a token', { cause })
}

import type { IssuerClock } from './issuer-clock.ts'

/** The session's last stretch, in milliseconds, that a person is warned of. */
const WARNING_MS = 300_000

/** Whether the session, not the token, is about to end, by its provider's clock. */
export class ExpiryWarning {
  readonly #issuer: IssuerClock
  #given = false

  constructor(issuer: IssuerClock) {
    this.#issuer = issuer
  }

  get given(): boolean {
    return this.#given
  }

  /** Milliseconds until the warning is to be given; infinite when it was, or when the session has no known end. */
  dueIn(expiresAt: number | null): number {
    return this.#given || expiresAt === null ? Number.POSITIVE_INFINITY : this.#until(expiresAt)
  }

  /** Gives the warning or takes it back. Returns whether that changed anything. */
  update(expiresAt: number | null): boolean {
    const before = this.#given
    this.#given = expiresAt !== null && this.#until(expiresAt) <= 0
    return this.#given !== before
  }

  #until(expiresAt: number): number {
    return Math.max(0, expiresAt - WARNING_MS - this.#issuer.now())
  }
}

import type { HeldToken, IssuerClock } from './issuer-clock.ts'
import { dueIn, isDue, jitteredLead } from './schedule.ts'
import { lifetimeOf } from './token.ts'

/** A token this close to its end, in milliseconds, is not sent any more: `iat` and `exp` are whole seconds. */
export const GUARD_MS = 1_000

/** The token in hand, and how long it will do. */
export class CurrentToken {
  readonly #issuer: IssuerClock
  readonly #random: () => number
  #held: HeldToken | null = null
  #lead = 0

  constructor(issuer: IssuerClock, random: () => number) {
    this.#issuer = issuer
    this.#random = random
  }

  get held(): HeldToken | null {
    return this.#held
  }

  get usable(): HeldToken | null {
    return this.#left(this.#held) > GUARD_MS ? this.#held : null
  }

  get isDue(): boolean {
    return isDue(this.#left(this.#held), this.#lead)
  }

  /** Milliseconds until it should be renewed. */
  get dueIn(): number {
    return dueIn(this.#left(this.#held), this.#lead)
  }

  /** Whether one that comes late is still worth having. */
  isOlderThan(late: HeldToken): boolean {
    return this.#left(late) > GUARD_MS && late.issuedAt > (this.#held?.issuedAt ?? 0)
  }

  replace(token: HeldToken): void {
    this.#held = token
    this.#lead = jitteredLead(lifetimeOf(token), this.#random)
  }

  #left(token: HeldToken | null): number {
    return token && !token.refused ? this.#issuer.remaining(token) : 0
  }
}

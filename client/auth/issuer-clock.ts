import type { Clock } from '#shared/clock.ts'
import { lifetimeOf, type Token } from './token.ts'

/** One moment on both of the machine's clocks. */
interface Moment {
  wall: number
  steady: number
}

/** A token in hand, and since when: `age` milliseconds old at the moment `at`. */
export interface HeldToken extends Token {
  readonly at: Moment
  readonly age: number
  /** Made for us, rather than found in a cache. */
  readonly minted: boolean
  /** The server refused it: never sent again. */
  refused: boolean
}

/** How far a wall clock may lag before a cached token's claims are not believed: the server's own tolerance. */
const LAG_MS = 5_000

/**
 * Tells how old a token is without trusting this machine's time of day. The wall clock may jump; the steady one stands
 * still while a laptop sleeps. Time that passed on either has passed, so a token is never believed younger than it is;
 * the price of a jump is one early refresh.
 */
export class IssuerClock {
  readonly #clock: Clock
  #lastMint: HeldToken | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  moment(): Moment {
    return { wall: this.#clock.now(), steady: this.#clock.monotonic() }
  }

  /**
   * A token that was minted for us, counted from the moment `asked`, since the issuer made it no earlier.
   * Null when it was already expired: both clocks agree that the issuer's has passed its end.
   */
  minted(token: Token, asked: Moment): HeldToken | null {
    const last = this.#lastMint
    if (last) {
      const now = this.moment()
      const passed = Math.min(now.wall - last.at.wall, now.steady - last.at.steady)
      if (token.expiresAt <= last.issuedAt + passed) return null
    }
    this.#lastMint = { ...token, at: asked, age: 0, minted: true, refused: false }
    return this.#lastMint
  }

  /** A token of unknown age. Null when it is expired, or its age cannot be told from a clock this wrong. */
  cached(token: Token): HeldToken | null {
    const at = this.moment()
    const last = this.#lastMint
    const age = last ? since(last.at, at) - (token.issuedAt - last.issuedAt) : at.wall - token.issuedAt
    if (age >= lifetimeOf(token) || (!last && age < -LAG_MS)) return null
    return { ...token, at, age: Math.max(0, age), minted: false, refused: false }
  }

  /** The issuer's time, in milliseconds since the epoch, never too early; this machine's until a token was minted. */
  now(): number {
    const now = this.moment()
    return this.#lastMint ? this.#lastMint.issuedAt + since(this.#lastMint.at, now) : now.wall
  }

  /** Milliseconds until the token expires; zero or less when it has. */
  remaining(token: HeldToken): number {
    return lifetimeOf(token) - token.age - since(token.at, this.moment())
  }
}

/** How long a token counts as fresh, in milliseconds. */
const FRESH_MS = 10_000

/** Made so recently, by the steady clock, that only a server whose clock is wrong can call it expired. */
export function isFresh(token: HeldToken, steady: number): boolean {
  return token.minted && steady - token.at.steady < FRESH_MS
}

function since(then: Moment, now: Moment): number {
  return Math.max(now.wall - then.wall, now.steady - then.steady)
}

import { CoolDown } from './cool-down.ts'
import type { EpochHost } from './epoch-host.ts'
import { ExpiryWarning } from './expiry-warning.ts'
import { type HeldToken, IssuerClock } from './issuer-clock.ts'
import { Lifespan } from './lifespan.ts'
import { GUARD_MS, obtainToken } from './obtain-token.ts'
import { dueIn, isDue, jitteredLead, periodOf } from './schedule.ts'
import { SessionError } from './session-error.ts'
import type { EndCause } from './session-events.ts'
import { lifetimeOf } from './token.ts'
import { type FlightResult, TokenFlight } from './token-flight.ts'
import { type ProviderSession, SourceError } from './token-source.ts'
import { Waiters } from './waiters.ts'

/** The longest a timer is set for, in milliseconds: browsers run one of more than 24.8 days at once. */
const LONGEST_TIMER_MS = 3_600_000

/**
 * The life of one user's one session in one organisation: its token, its one refresh at a time, and the operations that
 * wait for it. Nothing of it outlives it, so nothing can pass from one person's session to the next.
 */
export class SessionEpoch {
  session: ProviderSession
  token: HeldToken | null = null
  lastRefreshAt: number | null = null
  /** Why the server's last refusal was not believed; null again once there is a new token. */
  doubt: 'clock' | 'gateway' | null = null

  readonly life = new Lifespan()
  readonly coolDown: CoolDown
  readonly #host: EpochHost
  readonly #warning: ExpiryWarning
  readonly #issuer: IssuerClock
  readonly #waiters: Waiters
  #lead = 0
  #flight: TokenFlight | null = null
  #cancelTimer = () => {}

  constructor(session: ProviderSession, host: EpochHost) {
    this.session = session
    this.#host = host
    this.coolDown = new CoolDown(host.clock, host.random)
    this.#issuer = new IssuerClock(host.clock)
    this.#warning = new ExpiryWarning(this.#issuer)
    this.#waiters = new Waiters(host.clock, host.patienceMs, () => (host.offline() ? null : this.#excuse()))
  }

  get refreshing(): boolean {
    return this.#flight !== null
  }

  get expiring(): boolean {
    return this.#warning.given
  }

  /** The token to send now, or null when an operation has to wait for one. */
  get usable(): HeldToken | null {
    return !this.life.over && this.#left() > GUARD_MS ? this.token : null
  }

  /** Resolves as soon as `usable` is not null. Rejects with the signal's reason or a SessionError. */
  async ready(signal?: AbortSignal | null): Promise<void> {
    signal?.throwIfAborted()
    while (!this.usable) {
      if (this.life.over) throw this.life.over
      if (this.coolDown.left > this.#host.patienceMs && !this.#host.offline()) throw this.#excuse()
      const turn = this.#waiters.add(signal)
      this.wake()
      await turn
    }
  }

  /** Does what is due, and sees to what is next. To be called whenever the world may have changed. */
  wake(): void {
    this.#warn()
    if (this.life.over || this.#flight) return
    if (this.#wantsToken() && this.coolDown.left === 0) this.#fly()
    else this.#arm()
  }

  /** The connection is back: what was under way was asked into the void, and nobody has to sit out a pause. */
  restart(): void {
    this.#flight?.abandon()
    this.#flight = null
    this.coolDown.cutShort()
    this.#waiters.restart()
    this.wake()
  }

  /** The server refused the token in hand: whoever sends next waits for another. */
  refuse(token: HeldToken): void {
    token.refused = true
    this.wake()
  }

  end(cause: EndCause): void {
    if (this.life.over) return
    this.life.end(cause)
    this.#stop(new SessionError('ended'))
    this.#host.emit({ type: 'ended', at: this.#host.clock.now(), cause })
    this.#host.changed()
  }

  close(why: SessionError): void {
    this.#stop(why)
    this.life.close(why)
  }

  #stop(why: SessionError): void {
    this.#cancelTimer()
    this.#flight?.abandon()
    this.#flight = null
    this.#waiters.fail(why)
  }

  #left(token = this.token): number {
    return token && !token.refused ? this.#issuer.remaining(token) : 0
  }

  #wantsToken(): boolean {
    if (this.#waiters.size > 0) return true
    return this.#host.mayRefreshUnasked() && (this.coolDown.error !== null || isDue(this.#left(), this.#lead))
  }

  /** Sets the one timer, or none while hidden or offline with nobody waiting: a signal from the world wakes us then. */
  #arm(): void {
    this.#cancelTimer()
    if (!this.#host.mayRefreshUnasked() && this.#waiters.size === 0) return
    const refresh = this.coolDown.error ? this.coolDown.left : dueIn(this.#left(), this.#lead)
    const warning = this.token ? this.#warning.dueIn(this.session.expiresAt) : Number.POSITIVE_INFINITY
    const next = Math.min(refresh, warning, LONGEST_TIMER_MS)
    this.#cancelTimer = this.#host.world.background(next, () => this.wake())
  }

  #fly(): void {
    this.#cancelTimer()
    const { clock, patienceMs } = this.#host
    const { session, token: held } = this
    const attempt = { ...this.#host, session, held, useCache: this.coolDown.error === null, issuer: this.#issuer }
    this.#flight = new TokenFlight(
      clock,
      patienceMs,
      (signal) => obtainToken({ ...attempt, signal }),
      (flight, result) => this.#landed(flight, result),
    )
    this.#host.emit({ type: 'refreshing', at: clock.now() })
    this.#host.changed()
  }

  #landed(flight: TokenFlight, result: FlightResult): void {
    if (this.life.over) return
    if (flight !== this.#flight) {
      if (result === null || result instanceof SourceError || this.#left(result) <= GUARD_MS) return
      if (result.issuedAt > (this.token?.issuedAt ?? 0)) this.#adopt(result)
      return
    }
    this.#flight = null
    flight.abandon()
    if (result === null) this.end('provider')
    else if (result instanceof SourceError) this.#fail(result)
    else this.#adopt(result)
  }

  #adopt(token: HeldToken): void {
    const { clock, random } = this.#host
    const first = this.token === null
    this.token = token
    this.#lead = jitteredLead(lifetimeOf(token), random)
    this.coolDown.clear()
    this.doubt = null
    const at = clock.now()
    this.lastRefreshAt = at
    this.#host.connected()
    this.#arm()
    this.#waiters.release()
    if (first) this.#host.emit({ type: 'started', at, everyMs: periodOf(lifetimeOf(token)) })
    else this.#host.emit({ type: 'refreshed', at, nextAt: at + dueIn(this.#left(), this.#lead) })
    this.#host.changed()
  }

  #fail(error: SourceError): void {
    const { clock } = this.#host
    this.coolDown.begin(error)
    const { failures, left } = this.coolDown
    this.#arm()
    if (!this.#host.offline()) this.#waiters.failBefore(clock.monotonic() + left, this.#excuse())
    const at = clock.now()
    this.#host.emit({ type: 'refresh-failed', at, problem: error.kind, failures, retryAt: at + left })
    this.#host.changed()
  }

  #excuse(): SessionError {
    const { error } = this.coolDown
    return new SessionError(error?.kind ?? 'unavailable', { cause: error })
  }

  #warn(): void {
    const { expiresAt } = this.session
    // Without a token the provider's time is not known.
    if (this.life.over || !this.token || !this.#warning.update(expiresAt)) return
    const at = this.#host.clock.now()
    if (this.expiring && expiresAt !== null) this.#host.emit({ type: 'expiring', at, endsAt: expiresAt })
    this.#host.changed()
  }
}

import type { Applicant } from './applicant.ts'
import { CoolDown } from './cool-down.ts'
import { CurrentToken } from './current-token.ts'
import type { EpochHost } from './epoch-host.ts'
import { ExpiryWarning } from './expiry-warning.ts'
import { type HeldToken, IssuerClock } from './issuer-clock.ts'
import { Lifespan } from './lifespan.ts'
import { obtainToken } from './obtain-token.ts'
import { periodOf } from './schedule.ts'
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
  lastRefreshAt: number | null = null
  /** Why the server's last refusal was not believed; null again once there is a new token. */
  doubt: 'clock' | 'gateway' | null = null

  readonly life = new Lifespan()
  readonly coolDown: CoolDown
  readonly token: CurrentToken
  readonly #host: EpochHost
  readonly #warning: ExpiryWarning
  readonly #issuer: IssuerClock
  readonly #waiters: Waiters<Applicant<SessionEpoch>>
  #flight: TokenFlight | null = null
  #cancelTimer = () => {}

  constructor(session: ProviderSession, host: EpochHost) {
    this.session = session
    this.#host = host
    this.coolDown = new CoolDown(host.clock, host.random)
    this.#issuer = new IssuerClock(host.clock)
    this.token = new CurrentToken(this.#issuer, host.random)
    this.#warning = new ExpiryWarning(this.#issuer)
    this.#waiters = new Waiters(host.clock, host.patienceMs, () => (host.offline ? null : this.coolDown.excuse()))
  }

  get refreshing(): boolean {
    return this.#flight !== null
  }

  get expiring(): boolean {
    return this.#warning.given
  }

  /** The token to send now, or null when an operation has to wait for one. */
  get usable(): HeldToken | null {
    return this.life.over ? null : this.token.usable
  }

  /** Lets the applicant proceed as soon as `usable` is not null, which may be at once. */
  apply(applicant: Applicant<SessionEpoch>): void {
    if (this.usable) applicant.proceed(this)
    else this.#letWait(applicant)
  }

  withdraw(applicant: Applicant<SessionEpoch>): void {
    this.#waiters.remove(applicant)
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
    this.life.end()
    this.#stop(new SessionError('ended'))
    this.#host.emit({ type: 'ended', cause })
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

  #letWait(applicant: Applicant<SessionEpoch>): void {
    const { offline, patienceMs } = this.#host
    if (!offline) this.coolDown.hurry()
    if (this.life.over) applicant.refuse(this.life.over)
    else if (this.coolDown.left > patienceMs && !offline) applicant.refuse(this.coolDown.excuse())
    else {
      this.#waiters.add(applicant)
      this.wake()
    }
  }

  #wantsToken(): boolean {
    if (this.#waiters.size > 0) return true
    return this.#host.mayRefreshUnasked() && (this.coolDown.error !== null || this.token.isDue)
  }

  /** Sets the one timer, or none while hidden or offline with nobody waiting: a signal from the world wakes us then. */
  #arm(): void {
    this.#cancelTimer()
    if (!this.#host.mayRefreshUnasked() && this.#waiters.size === 0) return
    const refresh = this.coolDown.error ? this.coolDown.left : this.token.dueIn
    const warning = this.token.held ? this.#warning.dueIn(this.session.expiresAt) : Number.POSITIVE_INFINITY
    const delay = Math.min(refresh, warning, LONGEST_TIMER_MS)
    this.#cancelTimer = this.#host.world.background(delay, () => this.wake())
  }

  #fly(): void {
    this.#cancelTimer()
    const { clock, patienceMs } = this.#host
    const { session, token } = this
    const attempt = { ...this.#host, session, held: token.held, useCache: !this.coolDown.error, issuer: this.#issuer }
    this.#flight = new TokenFlight(
      clock,
      patienceMs,
      (signal) => obtainToken({ ...attempt, signal }),
      (flight, result) => this.#landed(flight, result),
    )
    this.#host.emit({ type: 'refreshing' })
    this.#host.changed()
  }

  #landed(flight: TokenFlight, result: FlightResult): void {
    if (this.life.over) return
    if (flight !== this.#flight) {
      if (result && !(result instanceof SourceError) && this.token.isOlderThan(result)) this.#adopt(result)
      return
    }
    this.#flight = null
    flight.abandon()
    if (result === null) this.end('provider')
    else if (result instanceof SourceError) this.#fail(result)
    else this.#adopt(result)
  }

  #adopt(token: HeldToken): void {
    const first = !this.token.held
    this.token.replace(token)
    this.coolDown.clear()
    this.doubt = null
    this.lastRefreshAt = this.#host.clock.now()
    this.#host.offline = false
    this.#arm()
    this.#waiters.release((applicant) => this.apply(applicant))
    if (first) this.#host.emit({ type: 'started', everyMs: periodOf(lifetimeOf(token)) })
    else this.#host.emit({ type: 'refreshed', nextAt: this.lastRefreshAt + this.token.dueIn })
    this.#host.changed()
  }

  #fail(error: SourceError): void {
    this.coolDown.begin(error, this.#waiters.size > 0 && !this.#host.offline)
    this.#arm()
    const { failures, left } = this.coolDown
    if (!this.#host.offline) this.#waiters.failWithin(left, this.coolDown.excuse())
    this.#host.emit({ type: 'refresh-failed', problem: error.kind, failures, retryAt: this.#host.clock.now() + left })
    this.#host.changed()
  }

  #warn(): void {
    const { expiresAt } = this.session
    // Without a token the provider's time is not known.
    if (this.life.over || !this.token.held || !this.#warning.update(expiresAt)) return
    if (this.expiring && expiresAt !== null) this.#host.emit({ type: 'expiring', endsAt: expiresAt })
    this.#host.changed()
  }
}

import type { Applicant } from './applicant.ts'
import type { EpochHost } from './epoch-host.ts'
import type { Lease } from './lease.ts'
import { doubtful, type Refusal } from './refusal.ts'
import { SessionEpoch } from './session-epoch.ts'
import { SessionError } from './session-error.ts'
import type { SessionEvent } from './session-events.ts'
import { describeSession, type SessionState, sameState } from './session-state.ts'
import { Subscribers } from './subscribers.ts'
import type { TokenSource } from './token-source.ts'
import { Waiters } from './waiters.ts'
import type { WorldSignal } from './world.ts'

export interface KeeperOptions extends Pick<EpochHost, 'clock' | 'world' | 'random'> {
  source: TokenSource
  /** How long a refresh may take, and an operation may wait for one, in milliseconds. */
  patienceMs?: number
}

/**
 * Keeps one person's session going: leases tokens to operations, renews them in time, and says what state the session
 * is in. It ends a session only when the provider does, or when the server refuses a token that was just made.
 */
export class TokenKeeper {
  readonly #source: TokenSource
  readonly #host: EpochHost
  readonly #arrivals: Waiters<Applicant<SessionEpoch>>
  readonly #states = new Subscribers<SessionState>()
  readonly #events = new Subscribers<SessionEvent>()
  #epoch: SessionEpoch | null = null
  #leaving = false
  #starts = 0
  #stop = () => {}
  #state: SessionState

  constructor({ source, clock, world, random, patienceMs = 8_000 }: KeeperOptions) {
    this.#source = source
    this.#arrivals = new Waiters(clock, patienceMs, () => new SessionError('unavailable'))
    this.#host = {
      clock,
      world,
      random,
      patienceMs,
      mayRefreshUnasked: () => this.#starts > 0 && world.visible() && !this.#host.offline,
      offline: !world.online(),
      emit: (news) => this.#events.tell({ ...news, at: clock.now() }),
      changed: () => this.#changed(),
    }
    this.#state = describeSession(null, false, this.#host.offline)
  }

  /** Begins to follow the provider and the world. Returns how to stop; started twice, it runs until stopped twice. */
  start(): () => void {
    this.#starts += 1
    if (this.#starts === 1) {
      const stopSource = this.#source.subscribe(() => this.#sync())
      const stopWorld = this.#host.world.subscribe((signal) => this.#hear(signal))
      this.#stop = () => {
        stopSource()
        stopWorld()
        this.#epoch?.wake()
      }
      this.#sync()
    }
    let running = true
    return () => {
      if (!running) return
      running = false
      this.#starts -= 1
      if (this.#starts === 0) this.#stop()
    }
  }

  /** What a page shows; the same object until something changes. */
  readonly state = (): SessionState => this.#state

  /** Calls `listener` when `state()` changed. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => this.#states.add(listener)

  /** Calls `watcher` with everything that happens. Returns how to stop. */
  readonly watch = (watcher: (event: SessionEvent) => void): (() => void) => this.#events.add(watcher)

  /** Lets an operation proceed as soon as it can be sent, which may be at once. */
  apply(applicant: Applicant<SessionEpoch>): void {
    if (this.#epoch) this.#epoch.apply(applicant)
    else if (this.#known()) applicant.refuse(new SessionError('signed-out'))
    else this.#arrivals.add(applicant)
  }

  withdraw(applicant: Applicant<SessionEpoch>): void {
    this.#arrivals.remove(applicant)
    this.#epoch?.withdraw(applicant)
  }

  /**
   * After a refusal: asks for a newer token than the operation was sent with, unless there is one already. A token so
   * new that it cannot have expired is not renewed for being called so, nor for what a gateway says; unless it did
   * expire on the way, as when the laptop was shut.
   *
   * @returns why the operation is not to be sent again; null when it may, once it is let proceed by its epoch.
   */
  refused({ epoch, sent, sentFresh }: Lease, refusal: Refusal): SessionError | null {
    if (epoch.life.over) return epoch.life.over
    if (sentFresh && sent === epoch.usable && doubtful(refusal.reason)) return this.#doubt(epoch, refusal)
    if (sent && sent === epoch.token.held && !sent.refused) {
      this.#host.emit({ type: 'rejected', ...refusal, final: false })
      epoch.refuse(sent)
    }
    return null
  }

  /** An operation that was refused is sent once more. */
  replayed(path: string): void {
    this.#host.emit({ type: 'replayed', path })
  }

  /** After the replay was refused too: ends the session, unless the refusal is not to be believed. Returns why. */
  giveUp({ epoch }: Lease, refusal: Refusal): SessionError {
    if (epoch.life.over) return epoch.life.over
    if (doubtful(refusal.reason)) return this.#doubt(epoch, refusal)
    this.#host.emit({ type: 'rejected', ...refusal, final: true })
    epoch.end('refused')
    this.#source.signOut({ stay: true }).catch(() => {})
    return new SessionError('ended')
  }

  /** The server accepted what this lease sent. */
  trust({ epoch }: Lease): void {
    if (!epoch.doubt) return
    epoch.doubt = null
    this.#changed()
  }

  /** "Stay signed in": the person is here, so the provider may prolong the session. */
  async extend(): Promise<void> {
    await this.#epoch?.session.extend?.()
    this.#sync()
  }

  async signOut(): Promise<void> {
    this.#leaving = true
    try {
      await this.#source.signOut({ stay: false })
      this.#sync()
    } finally {
      this.#leaving = false
    }
  }

  #sync(): void {
    const session = this.#source.current()
    const epoch = this.#epoch
    if (session === null) {
      epoch?.end(this.#leaving ? 'signed-out' : 'provider')
      epoch?.close(new SessionError(this.#leaving ? 'signed-out' : 'ended'))
      if (this.#leaving) this.#epoch = null
      this.#arrivals.fail(new SessionError('signed-out'))
    } else if (session && epoch?.session.key === session.key && !epoch.life.closed) {
      epoch.session = session
      epoch.wake()
    } else if (session) {
      this.#epoch = new SessionEpoch(session, this.#host)
      epoch?.close(new SessionError('changed'))
      this.#arrivals.release((applicant) => this.apply(applicant))
      this.#epoch.wake()
    }
    this.#changed()
  }

  /** Whether it can be told who is signed in, if anybody is. */
  #known(): boolean {
    return this.#starts > 0 && this.#source.current() !== undefined
  }

  #hear(signal: WorldSignal): void {
    const back = signal === 'online' && (this.#host.offline || this.#epoch?.coolDown.error)
    if (signal === 'offline' || signal === 'online') this.#host.offline = signal === 'offline'
    if (back) this.#epoch?.restart()
    else this.#epoch?.wake()
    this.#changed()
  }

  #doubt(epoch: SessionEpoch, { reason }: Refusal): SessionError {
    epoch.doubt = reason === 'expired' ? 'clock' : 'gateway'
    this.#changed()
    return new SessionError(epoch.doubt)
  }

  #changed(): void {
    const state = describeSession(this.#epoch, this.#known(), this.#host.offline)
    if (sameState(state, this.#state)) return
    this.#state = state
    this.#states.tell(state)
  }
}

import {
  type Operation,
  type OperationLink,
  type OperationResultEnvelope,
  type OperationResultObserver,
  TRPCClientError,
} from '@trpc/client'
import type { Unsubscribable } from '@trpc/server/observable'
import type { AnyTRPCRouter } from '#shared/router.ts'
import type { Applicant } from './applicant.ts'
import { type Lease, leaseIn, Undispatched, withLease } from './lease.ts'
import { type RefusalReason, refusalReason } from './refusal.ts'
import type { SessionEpoch } from './session-epoch.ts'
import type { TokenKeeper } from './token-keeper.ts'

type Next<TRouter extends AnyTRPCRouter> = Parameters<OperationLink<TRouter>>[0]['next']

/**
 * One operation on its way through the link: it waits for a good token, is sent, and, refused, is sent once more. A
 * subscription may be refused once again after each event. A class of methods, since a page makes thousands.
 */
export class Passage<TRouter extends AnyTRPCRouter> implements Applicant<SessionEpoch>, EventListenerObject {
  readonly #keeper: TokenKeeper
  readonly #op: Operation
  readonly #next: Next<TRouter>
  readonly #observer: OperationResultObserver<TRouter, unknown>
  #lease: Lease | null = null
  #lastEventId: string | undefined
  #sending: Unsubscribable | null = null
  /** Counts sendings: what an earlier one still says does not matter. */
  #sendings = 0
  #replay: 'unused' | 'due' | 'used' = 'unused'
  #waiting = false
  #over = false

  constructor(
    keeper: TokenKeeper,
    op: Operation,
    next: Next<TRouter>,
    observer: OperationResultObserver<TRouter, unknown>,
  ) {
    this.#keeper = keeper
    this.#op = op
    this.#next = next
    this.#observer = observer
  }

  /** Waits for a good token, then sends. */
  begin(): void {
    const { signal } = this.#op
    if (signal?.aborted) this.refuse(signal.reason)
    else {
      this.#waiting = true
      this.#office.apply(this)
      if (this.#waiting) signal?.addEventListener('abort', this)
    }
  }

  /** The caller wants no answer any more, or has had it. */
  abandon(): void {
    this.#over = true
    this.#stopWaiting()
    this.#lease?.epoch.life.leave(this)
    this.#sending?.unsubscribe()
  }

  /** The caller's signal was aborted while this waited for a token. */
  handleEvent(): void {
    this.refuse(this.#op.signal?.reason)
  }

  refuse(error: unknown): void {
    if (this.#op.type === 'subscription' && this.#op.signal?.aborted) this.#observer.complete()
    else this.#observer.error(TRPCClientError.from(error as Error))
  }

  proceed(epoch: SessionEpoch): void {
    this.#stopWaiting()
    if (this.#over) return
    if (!this.#lease) {
      this.#lease = leaseIn(epoch)
      epoch.life.join(this)
    }
    if (this.#replay === 'due') {
      this.#replay = 'used'
      this.#keeper.replayed(this.#op.path)
    }
    this.#send(this.#lease)
  }

  get #office(): TokenKeeper | SessionEpoch {
    return this.#lease?.epoch ?? this.#keeper
  }

  #stopWaiting(): void {
    if (!this.#waiting) return
    this.#waiting = false
    this.#op.signal?.removeEventListener('abort', this)
    this.#office.withdraw(this)
  }

  #send(lease: Lease): void {
    const sending = ++this.#sendings
    const current = () => sending === this.#sendings && !this.#over
    const { input } = this.#op
    const resumed = this.#lastEventId === undefined ? input : { ...(input as object), lastEventId: this.#lastEventId }
    const operation = { ...this.#op, input: resumed, context: withLease(this.#op.context, lease) }
    const subscription = this.#next(operation).subscribe({
      next: (envelope) => current() && this.#pass(lease, envelope),
      error: (error) => current() && this.#recover(lease, error),
      complete: () => current() && this.#observer.complete(),
    })
    if (current()) this.#sending = subscription
  }

  #pass(lease: Lease, envelope: OperationResultEnvelope<unknown, TRPCClientError<TRouter>>): void {
    const { result } = envelope
    if (result.type === undefined || result.type === 'data') {
      this.#replay = 'unused'
      if (result.id) this.#lastEventId = result.id
      this.#keeper.trust(lease)
    }
    this.#observer.next(envelope)
  }

  #recover(lease: Lease, error: TRPCClientError<TRouter>): void {
    this.#sendings += 1
    const reason = refusalReason(error)
    if (error.cause instanceof Undispatched) this.begin()
    else if (reason === undefined || this.#isResolvers(reason, lease)) this.#observer.error(error)
    else {
      const refusal = { path: this.#op.path, reason }
      const over = this.#replay === 'used' ? this.#keeper.giveUp(lease, refusal) : this.#keeper.refused(lease, refusal)
      this.#replay = 'due'
      if (over) this.refuse(over)
      else this.begin()
    }
  }

  /** A resolver's own UNAUTHORIZED: a mutation may have done something before it, and a newer token would not help. */
  #isResolvers(reason: RefusalReason, lease: Lease): boolean {
    return reason === null && (this.#op.type === 'mutation' || this.#replay === 'used' || lease.sentFresh)
  }
}

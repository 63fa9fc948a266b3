import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { authorize } from '#client/auth/lease.ts'
import type { AuthReason } from '#shared/session.ts'
import type { FakeClock } from '../clock.ts'
import type { TestRouter } from './api.ts'
import { claims } from './provider.ts'

interface Waiting {
  operation: Operation
  answer: (fault: AuthReason | 'unavailable' | null) => void
  fail: (error: unknown) => void
}

/** What reached the server: which operation, with whose token, and what came of it. */
export interface Arrival {
  input: unknown
  sid: string
  fault: AuthReason | 'unavailable' | null
}

/**
 * A server and the way to it, in memory and on a fake clock: operations of one moment leave as one batch, as they do
 * through tRPC's batch links, and are answered after `latencyMs`.
 */
export class SimulatedApi {
  latencyMs = 40
  /** What the server makes of a call besides checking its token's expiry. */
  fault: (token: string) => AuthReason | 'unavailable' | null = () => null
  /** What becomes of a request, or of its answer, on the way; null when it arrives. */
  onTheWay: () => Error | null = () => null
  readonly arrivals: Arrival[] = []
  readonly #clock: FakeClock
  #queue: Waiting[] = []

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  readonly link: TRPCLink<TestRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        let gone = false
        // All that anybody asks of the signal, at a fraction of what AbortSignal.any costs.
        const signal = {
          get aborted() {
            return gone || op.signal?.aborted === true
          },
        }
        const operation = { ...op, signal: signal as AbortSignal }
        this.#enqueue({
          operation,
          answer: (fault) => {
            if (fault) return observer.error(refusal(fault))
            observer.next({ result: { data: op.input } })
            observer.complete()
          },
          fail: (error) => observer.error(TRPCClientError.from(error as Error)),
        })
        return () => {
          gone = true
        }
      })

  #enqueue(waiting: Waiting): void {
    this.#queue.push(waiting)
    if (this.#queue.length === 1) this.#clock.after(0, () => this.#dispatch())
  }

  #dispatch(): void {
    const batch = this.#queue
    this.#queue = []
    try {
      const token = authorize(
        batch.map(({ operation }) => operation),
        this.#clock,
      ).authorization.slice('Bearer '.length)
      const lost = this.onTheWay()
      if (lost) throw lost
      this.#clock.after(this.latencyMs, () => {
        for (const waiting of batch) this.#serve(waiting, token)
      })
    } catch (error) {
      for (const { fail } of batch) fail(error)
    }
  }

  #serve({ operation, answer, fail }: Waiting, token: string): void {
    const { sid, exp } = claims(token)
    const fault = this.fault(token) ?? (exp * 1000 <= this.#clock.truth ? 'expired' : null)
    this.arrivals.push({ input: operation.input, sid, fault })
    const lost = this.onTheWay()
    if (lost) fail(lost)
    else answer(fault)
  }
}

function refusal(fault: AuthReason | 'unavailable'): TRPCClientError<TestRouter> {
  const code = fault === 'unavailable' ? 'SERVICE_UNAVAILABLE' : 'UNAUTHORIZED'
  const data = { code, auth: fault === 'unavailable' ? null : { reason: fault } }
  return TRPCClientError.from({ error: { message: code, code: -32001, data } })
}

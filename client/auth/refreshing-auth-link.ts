import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AnyTRPCRouter } from '#shared/router.ts'
import { type Lease, Undispatched, withLease } from './lease.ts'
import { type RefusalReason, refusalReason } from './refusal.ts'
import type { TokenKeeper } from './token-keeper.ts'

/**
 * Sends each operation with a good token: waits for one, replays once what the server refused, and ends the session if
 * a fresh token is refused too. It stands above `splitLink` and the batch, so that queries, mutations and subscriptions
 * follow one rule and only what was refused is sent again. The links below take the token with `authorize`.
 */
export function refreshingAuthLink<TRouter extends AnyTRPCRouter>(keeper: TokenKeeper): TRPCLink<TRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let input = op.input
        let replayed = false
        let gone: AbortController | undefined
        let forgetEpoch = () => {}
        let stopSending = () => {}

        const fail = (error: unknown) => {
          if (op.type === 'subscription' && op.signal?.aborted) observer.complete()
          else observer.error(TRPCClientError.from(error as Error))
        }

        /** Aborted when the caller no longer wants the answer. */
        const unwanted = () => {
          gone ??= new AbortController()
          return op.signal ? AbortSignal.any([op.signal, gone.signal]) : gone.signal
        }

        const begin = (granted: Lease) => {
          if (gone?.signal.aborted) return
          forgetEpoch = granted.epoch.life.onClose(fail)
          send(granted)
        }

        const send = (granted: Lease) => {
          let over = false
          const stop = next({ ...op, input, context: withLease(op.context, granted) }).subscribe({
            next(envelope) {
              if (over) return
              const { result } = envelope
              if (result.type === undefined || result.type === 'data') {
                replayed = false
                if (result.id) input = { ...(input as object), lastEventId: result.id }
                keeper.trust(granted)
              }
              observer.next(envelope)
            },
            error(error) {
              if (over) return
              over = true
              recover(granted, error)
            },
            complete() {
              if (!over) observer.complete()
            },
          })
          stopSending = () => {
            over = true
            stop.unsubscribe()
          }
        }

        const recover = (granted: Lease, error: TRPCClientError<TRouter>) => {
          const undispatched = error.cause instanceof Undispatched
          if (op.signal?.aborted) return fail(undispatched ? op.signal.reason : error)
          if (undispatched) return resend(granted, () => granted.epoch.ready(unwanted()))
          const reason = refusalReason(error)
          if (reason === undefined || isTheResolvers(op, reason, granted, replayed)) return observer.error(error)
          const refusal = { path: op.path, reason }
          if (replayed) return fail(keeper.giveUp(granted, refusal))
          replayed = true
          resend(granted, () => keeper.renew(granted, refusal, unwanted()))
        }

        const resend = (granted: Lease, when: () => Promise<void>) => {
          when().then(() => gone?.signal.aborted || send(granted), fail)
        }

        if (op.signal?.aborted) fail(op.signal.reason)
        else {
          const granted = keeper.leaseNow()
          if (granted) begin(granted)
          else keeper.lease(unwanted()).then(begin, fail)
        }

        return () => {
          gone ??= new AbortController()
          gone.abort()
          forgetEpoch()
          stopSending()
        }
      })
}

/** A resolver's own UNAUTHORIZED: a mutation may have done something before it, and a newer token would not help. */
function isTheResolvers(op: Operation, reason: RefusalReason, lease: Lease, replayed: boolean): boolean {
  return reason === null && (op.type === 'mutation' || replayed || lease.sentFresh)
}

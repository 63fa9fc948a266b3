import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AnyTRPCRouter } from '#shared/router.ts'
import { Passage } from './passage.ts'
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
        const passage = new Passage<TRouter>(keeper, op, next, observer)
        passage.begin()
        return () => passage.abandon()
      })
}

import { createTRPCClient } from '@trpc/client'
import { createFetchWithAuth } from '#client/auth/fetch-with-auth.ts'
import { processWorld } from '#client/auth/process-world.ts'
import { TokenKeeper } from '#client/auth/token-keeper.ts'
import { sessionLinks } from '#client/links.ts'
import { systemClock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import { credentialSource, type Mint } from './credential-source.ts'

export { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
export { SessionError, type SessionProblem, sessionProblemOf } from '#client/auth/session-error.ts'
export type { SessionEvent } from '#client/auth/session-events.ts'
export type { SessionState } from '#client/auth/session-state.ts'
export { TokenKeeper } from '#client/auth/token-keeper.ts'
export { type ProviderSession, SourceError, type TokenSource } from '#client/auth/token-source.ts'
export { PUBLIC, sessionLinks } from '#client/links.ts'
export type { AppRouter, RouterInputs, RouterOutputs } from '#shared/router.ts'
export { credentialSource, type Mint } from './credential-source.ts'

interface Options {
  /** Where Moneta is: `http://127.0.0.1:3000`. */
  url: string
  mint: Mint
}

/** A typed client of Moneta for Node: no page, no React, no Clerk. It keeps no process alive once its calls are answered. */
export function createMonetaClient({ url, mint }: Options) {
  const keeper = new TokenKeeper({
    source: credentialSource(mint),
    clock: systemClock,
    world: processWorld,
    random: Math.random,
  })
  const close = keeper.start()
  const moneta = createTRPCClient<AppRouter>({
    links: sessionLinks<AppRouter>({ url: new URL('/trpc', url).href, keeper }),
  })
  const fetchWithAuth = createFetchWithAuth({ keeper, clock: systemClock, fetch: globalThis.fetch })
  return { moneta, fetchWithAuth, keeper, close }
}

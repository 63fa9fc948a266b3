import { createTRPCClient } from '@trpc/client'
import { type ComponentProps, useMemo } from 'react'
import { createFetchWithAuth } from '#client/auth/fetch-with-auth.ts'
import type { TokenKeeper } from '#client/auth/token-keeper.ts'
import { sessionLinks } from '#client/links.ts'
import { FetchContext } from '#client/ui/fetch.ts'
import { systemClock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import { App } from './app.tsx'

interface SignedInProps extends Omit<ComponentProps<typeof App>, 'client'> {
  keeper: TokenKeeper
}

/** All that only a signed-in person needs, in a chunk of its own so that the sign-in page is light. */
export default function SignedIn({ keeper, ...app }: SignedInProps) {
  const [client, fetchWithAuth] = useMemo(() => {
    const world = { keeper, clock: systemClock, fetch: window.fetch.bind(window) }
    const links = sessionLinks<AppRouter>({ url: '/trpc', ...world })
    return [createTRPCClient<AppRouter>({ links }), createFetchWithAuth(world)]
  }, [keeper])
  return (
    <FetchContext value={fetchWithAuth}>
      <App client={client} {...app} />
    </FetchContext>
  )
}

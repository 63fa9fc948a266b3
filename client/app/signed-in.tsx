import { createTRPCClient } from '@trpc/client'
import { type ComponentProps, useMemo } from 'react'
import type { TokenKeeper } from '#client/auth/token-keeper.ts'
import { sessionLinks } from '#client/links.ts'
import { systemClock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import { App } from './app.tsx'

interface SignedInProps extends Omit<ComponentProps<typeof App>, 'client'> {
  keeper: TokenKeeper
}

/** All that only a signed-in person needs, in a chunk of its own so that the sign-in page is light. */
export default function SignedIn({ keeper, ...app }: SignedInProps) {
  const client = useMemo(() => {
    const fetch = window.fetch.bind(window)
    return createTRPCClient<AppRouter>({ links: sessionLinks({ url: '/trpc', keeper, clock: systemClock, fetch }) })
  }, [keeper])
  return <App client={client} {...app} />
}

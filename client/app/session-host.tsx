import { ClerkProvider, useClerk } from '@clerk/clerk-react'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { browserWorld } from '#client/auth/browser-world.ts'
import { type ClerkLike, clerkSource } from '#client/auth/clerk-source.ts'
import { logChatMounted, logSession } from '#client/auth/console.ts'
import type { SessionState } from '#client/auth/session-state.ts'
import { TokenKeeper } from '#client/auth/token-keeper.ts'
import type { ClerkHooks } from '#client/auth/unseen-mints.ts'
import { useSession } from '#client/auth/use-session.ts'
import type { Person } from '#client/ui/person.ts'
import { systemClock } from '#shared/clock.ts'
import type { PublicConfig } from '#shared/session.ts'
import { Loading } from './loading.tsx'
import { SignInDialog } from './sign-in/sign-in-dialog.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { useLastEmail } from './sign-in/use-last-email.ts'

const loadSignedIn = () => import('./signed-in.tsx')
const SignedIn = lazy(loadSignedIn)

/** No part of what is built. */
const EventPanel = import.meta.env.DEV ? lazy(() => import('./event-panel.tsx')) : null

/** Clerk's sign, in a cookie that scripts can read, that somebody is signed in here: theirs is the page to fetch first. */
if (/(?:^|; )__session=/.test(document.cookie)) void loadSignedIn()

const SESSION_ENDED = 'Your session has ended. Everything is as you left it, behind this.'

/** Everything below knows one session, whoever vouches for it. */
export function SessionHost({ config }: { config: PublicConfig }) {
  const local = config.identity === 'local'
  return (
    <ClerkProvider
      publishableKey={config.publishableKey}
      telemetry={false}
      {...(local ? { proxyUrl: '/__clerk', prefetchUI: false } : {})}
    >
      <Session identity={config.identity} />
    </ClerkProvider>
  )
}

function Session({ identity }: Pick<PublicConfig, 'identity'>) {
  const clerk = useClerk()
  const keeper = keeperOf(clerk)
  const state = useSession(keeper)
  const email = useLastEmail()
  useEffect(() => {
    const stopLog = logSession(keeper)
    const stopKeeper = keeper.start()
    return () => {
      stopKeeper()
      stopLog()
    }
  }, [keeper])

  const session = useMemo(
    () => ({
      connection: connectionOf(state.status),
      refreshedAt: state.lastRefreshAt,
      expiresAt: state.expiresAt,
      stay: () => keeper.extend(),
      signOut: () => keeper.signOut(),
      chatMounted: () => logChatMounted(keeper),
    }),
    [keeper, state],
  )

  if (state.status === 'loading') return <Loading />
  return (
    <>
      <Suspense fallback={<Loading />}>
        {state.userId === null ? (
          <div onInputCapture={loadSignedIn} className="contents">
            <SignInPage identity={identity} />
          </div>
        ) : (
          <SignedIn
            userId={state.userId}
            session={session}
            keeper={keeper}
            signInOver={(close) => (
              <SignInDialog identity={identity} email={email} reason={SESSION_ENDED} onClose={close} />
            )}
          />
        )}
      </Suspense>
      {EventPanel && (
        <Suspense fallback={null}>
          <EventPanel keeper={keeper} />
        </Suspense>
      )}
    </>
  )
}

/** To a page, nobody being signed in yet is no different from nobody being signed in any longer. */
function connectionOf(status: SessionState['status']): Person['connection'] {
  return status === 'loading' || status === 'signed-out' ? 'ended' : status
}

const keepers = new WeakMap<ClerkLike, TokenKeeper>()

/** One keeper for one Clerk, however often React mounts. */
function keeperOf(clerk: ClerkLike): TokenKeeper {
  const known = keepers.get(clerk)
  if (known) return known
  const source = clerkSource(clerk, browserWorld, window as ClerkHooks)
  const keeper = new TokenKeeper({ source, clock: systemClock, world: browserWorld, random: Math.random })
  keepers.set(clerk, keeper)
  return keeper
}

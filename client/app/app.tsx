import { RouterProvider } from '@tanstack/react-router'
import type { TRPCClient } from '@trpc/client'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { AppRouter } from '#shared/router.ts'
import { router } from './router.tsx'
import { type SessionView, SessionViewContext } from './session-view.ts'
import { UserScope } from './user-scope.tsx'

interface AppProps {
  /** Whose session it is, also after its end. */
  userId: string
  session: Omit<SessionView, 'signInAgain'>
  client: TRPCClient<AppRouter>
  /** Shown over the page when its session has ended; `close` lets the person read on without one. */
  signInOver: (close: () => void) => ReactNode
}

/** The whole screen. When a session ends, its page stays as it is, behind the sign-in. */
export function App({ userId, session, client, signInOver }: AppProps) {
  const ended = session.connection === 'ended'
  const [asking, setAsking] = useState(true)
  useEffect(() => setAsking(ended), [ended])
  const view = useMemo((): SessionView => ({ ...session, signInAgain: () => setAsking(true) }), [session])

  return (
    <SessionViewContext value={view}>
      <UserScope key={userId} userId={userId} client={client}>
        <RouterProvider router={router} />
      </UserScope>
      {ended && asking && signInOver(() => setAsking(false))}
    </SessionViewContext>
  )
}

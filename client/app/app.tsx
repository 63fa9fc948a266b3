import { RouterProvider } from '@tanstack/react-router'
import type { TRPCClient } from '@trpc/client'
import type { ReactNode } from 'react'
import type { AppRouter } from '#shared/router.ts'
import { router } from './router.tsx'
import { type SessionView, SessionViewContext } from './session-view.ts'
import { SignInOver } from './sign-in-over.tsx'
import { UserScope } from './user-scope.tsx'

interface AppProps {
  session: SessionView
  client: TRPCClient<AppRouter>
  signIn: ReactNode
}

/** The whole screen. When a session ends, its page stays as it is, behind the sign-in. */
export function App({ session, client, signIn }: AppProps) {
  const { userId, connection } = session
  if (userId === null) return signIn
  return (
    <SessionViewContext value={session}>
      <UserScope key={userId} userId={userId} client={client}>
        <RouterProvider router={router} />
      </UserScope>
      {connection === 'ended' && <SignInOver>{signIn}</SignInOver>}
    </SessionViewContext>
  )
}

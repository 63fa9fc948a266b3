import { createContext, useContext } from 'react'
import type { Person } from '#client/ui/person.ts'

/** The session as the screen needs it. Times are milliseconds since the epoch. */
export interface SessionView {
  connection: Person['connection']
  refreshedAt: number | null
  /** When the session, not the token, ends; null when that is not known. */
  expiresAt: number | null
  /** Opens sign-in over the page, after the session has ended. */
  signInAgain: () => void
  stay: () => Promise<void>
  /** To be called when a chat is mounted, for the console of whoever debugs. */
  chatMounted: () => void
  signOut: () => Promise<void>
}

export const SessionViewContext = createContext<SessionView | null>(null)

export function useSessionView(): SessionView {
  const session = useContext(SessionViewContext)
  if (!session) throw new Error('useSessionView is used outside the app')
  return session
}

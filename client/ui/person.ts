import { createContext, useContext } from 'react'

/** Whose page this is. All that is kept in the browser is kept under `userId`. */
export interface Person {
  userId: string
  /** How the connection stands, in the words of the session indicator. */
  connection: 'live' | 'refreshing' | 'reconnecting' | 'offline' | 'expiring' | 'ended'
}

export const PersonContext = createContext<Person | null>(null)

export function usePerson(): Person {
  const person = useContext(PersonContext)
  if (!person) throw new Error('usePerson is used outside a signed-in page')
  return person
}

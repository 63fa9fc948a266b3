import { useUser } from '@clerk/clerk-react'
import { useState } from 'react'

/** The address of who is signed in, or was last on this page: what a person need not type to sign in again. */
export function useLastEmail(): string | undefined {
  const { user } = useUser()
  const email = user?.primaryEmailAddress?.emailAddress
  const [last, setLast] = useState(email)
  if (email && email !== last) setLast(email)
  return last
}

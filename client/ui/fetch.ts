import { createContext, useContext } from 'react'
import type { FetchWithAuth } from '#client/auth/fetch-with-auth.ts'

/** How files go to and fro: by the session's rules, as every other call. */
export const FetchContext = createContext<FetchWithAuth | null>(null)

export function useFetch(): FetchWithAuth {
  const fetch = useContext(FetchContext)
  if (!fetch) throw new Error('useFetch is used outside a signed-in page')
  return fetch
}

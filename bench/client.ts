import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '#shared/router.ts'

/** The API of somebody, one request a call, so that nothing but the call is measured. */
export function createApi(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] })
}

export type Api = ReturnType<typeof createApi>

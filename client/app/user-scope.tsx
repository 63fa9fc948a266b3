import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type TRPCClient, TRPCClientError } from '@trpc/client'
import { getQueryKey } from '@trpc/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { ChatProvider } from '#client/chat/chat-context.tsx'
import { keepLoadedPages } from '#client/chat/thread-pages.ts'
import { trpc } from '#client/trpc.ts'
import { PersonContext } from '#client/ui/person.ts'
import type { AppRouter } from '#shared/router.ts'
import { useSessionView } from './session-view.ts'

interface UserScopeProps {
  userId: string
  client: TRPCClient<AppRouter>
  children: ReactNode
}

/** All that belongs to one person: mounted by their id, so that the next one begins with nothing of it. */
export function UserScope({ userId, client, children }: UserScopeProps) {
  const { connection } = useSessionView()
  const [queryClient] = useState(createQueryClient)
  const person = useMemo(() => ({ userId, connection }), [userId, connection])
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <PersonContext value={person}>
          <ChatProvider>{children}</ChatProvider>
        </PersonContext>
      </QueryClientProvider>
    </trpc.Provider>
  )
}

function createQueryClient(): QueryClient {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: worthAnotherTry } } })
  // Here and not where a thread is shown: the last reader of a query to be set up would decide for all of them.
  queryClient.setQueryDefaults(getQueryKey(trpc.chat.thread), keepLoadedPages)
  return queryClient
}

/** A refusal stays a refusal; a broken network or server is asked twice more. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  const status = error instanceof TRPCClientError ? (error.data?.httpStatus ?? 0) : 0
  return failures < 2 && (status === 0 || status >= 500)
}

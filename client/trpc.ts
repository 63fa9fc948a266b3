import { createTRPCReact } from '@trpc/react-query'
import type { AppRouter } from '#shared/router.ts'

export const trpc = createTRPCReact<AppRouter>()

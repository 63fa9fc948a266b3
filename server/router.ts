import { chatRouter } from './routers/chat.ts'
import { memoryRouter } from './routers/memory.ts'
import { sessionRouter } from './routers/session.ts'
import { router } from './trpc.ts'

export const appRouter = router({ session: sessionRouter, memory: memoryRouter, chat: chatRouter })

export type AppRouter = typeof appRouter

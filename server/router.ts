import { chatRouter } from './routers/chat.ts'
import { memoryRouter } from './routers/memory.ts'
import { sessionRouter } from './routers/session.ts'
import { transferRouter } from './routers/transfer.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  session: sessionRouter,
  memory: memoryRouter,
  chat: chatRouter,
  transfer: transferRouter,
})

export type AppRouter = typeof appRouter

import { protectedProcedure, publicProcedure, router } from '#server/trpc.ts'
import type { PublicConfig } from '#shared/session.ts'

export const sessionRouter = router({
  config: publicProcedure.query(({ ctx }): PublicConfig => ctx.deps.publicConfig),
  me: protectedProcedure.meta({ signInTo: 'see your account' }).query(({ ctx }) => ctx.user),
})

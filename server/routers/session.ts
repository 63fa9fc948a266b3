import { readMe, saveSettings } from '#server/identity/users.ts'
import { protectedProcedure, publicProcedure, router } from '#server/trpc.ts'
import { type PublicConfig, settingsInput } from '#shared/session.ts'

const toSee = protectedProcedure.meta({ signInTo: 'see your account' })
const toChange = protectedProcedure.meta({ signInTo: 'change your settings' })

export const sessionRouter = router({
  config: publicProcedure.query(({ ctx }): PublicConfig => ctx.deps.publicConfig),
  me: toSee.query(({ ctx }) => readMe(ctx)),
  settings: toChange.input(settingsInput).mutation(({ ctx, input }) => saveSettings(ctx, input)),
})

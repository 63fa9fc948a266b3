import { deleteAccount } from '#server/identity/delete-account.ts'
import { readMe, saveSettings } from '#server/identity/users.ts'
import { protectedProcedure, publicProcedure, router } from '#server/trpc.ts'
import { deleteAccountInput, type PublicConfig, settingsInput } from '#shared/session.ts'

const toSee = protectedProcedure.meta({ signInTo: 'see your account' })
const toChange = protectedProcedure.meta({ signInTo: 'change your settings' })
const toDelete = protectedProcedure.meta({ signInTo: 'delete your account' })

export const sessionRouter = router({
  config: publicProcedure.query(({ ctx }): PublicConfig => ctx.deps.publicConfig),
  me: toSee.query(({ ctx }) => readMe(ctx)),
  settings: toChange.input(settingsInput).mutation(({ ctx, input }) => saveSettings(ctx, input)),
  deleteAccount: toDelete.input(deleteAccountInput).mutation(({ ctx }) => deleteAccount(ctx)),
})

import { cancelImport, importState } from '#server/transfer/import-run.ts'
import { protectedProcedure, router } from '#server/trpc.ts'

const toMove = protectedProcedure.meta({ signInTo: 'move your data' })

export const transferRouter = router({
  importState: toMove.query(({ ctx }) => importState(ctx)),
  cancelImport: toMove.mutation(({ ctx }) => cancelImport(ctx)),
})

import type { UserContext } from '#server/context.ts'
import { deleteAccount as deleteLocalAccount } from '#server/local-clerk/delete-account.ts'
import { eraseEverything, LONGEST_ERASURE_MS } from '#server/memory/erase.ts'
import type { AccountDeleted } from '#shared/session.ts'
import { announceChange } from './users.ts'

const AT_CLERK =
  'Your sign-in itself is kept by Clerk: delete it under "Manage account", or ask whoever runs this installation to.'

/**
 * Erases a person: all they said, all that was remembered, their settings, and the account they sign in with when it is
 * kept here, whose sessions end. All of it or, when something fails, nothing.
 */
export async function deleteAccount({ deps, userId }: UserContext): Promise<AccountDeleted> {
  const isLocal = deps.publicConfig.identity === 'local'
  await deps.db.prisma.$transaction(
    async (tx) => {
      await eraseEverything(tx, userId)
      const { subject } = await tx.user.delete({ where: { id: userId }, select: { subject: true } })
      if (isLocal) await deleteLocalAccount(tx, subject)
      await announceChange(tx, subject)
    },
    { timeout: LONGEST_ERASURE_MS },
  )
  return { remains: isLocal ? null : AT_CLERK }
}

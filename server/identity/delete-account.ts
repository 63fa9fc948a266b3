import type { Deps } from '#server/context.ts'
import { deleteAccount as deleteLocalAccount } from '#server/local-clerk/delete-account.ts'
import { eraseEverything, LONGEST_ERASURE_MS } from '#server/memory/erase.ts'
import type { AccountDeleted } from '#shared/session.ts'
import { announceChange } from './users.ts'

const AT_CLERK =
  'Your sign-in itself is kept by Clerk: delete it under "Manage account", or ask whoever runs this installation to.'

interface Leaving {
  deps: Pick<Deps, 'db' | 'publicConfig'>
  userId: string
}

/**
 * Erases a person: all they said, all that was remembered, their settings, and the account they sign in with when it is
 * kept here, whose sessions end. All of it or, when something fails, nothing. Clerk is asked for nothing: what it keeps may
 * serve other applications too, and no promise here hangs on whether it answers.
 *
 * @returns what is left to do for the person, in words; null when nothing is.
 */
export async function deleteAccount({ deps, userId }: Leaving): Promise<AccountDeleted> {
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

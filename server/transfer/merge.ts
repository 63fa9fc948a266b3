import type { Deps } from '#server/context.ts'
import { forgetEverything } from '#server/memory/erase.ts'
import { exportJson } from './export.ts'
import { importFile } from './import.ts'

/**
 * Adds what one person has here to what another has, as if they had exported and imported it, then removes the first.
 * Broken off, it goes on where it was when it is done again.
 */
export async function mergeInto(deps: Pick<Deps, 'db' | 'clock'>, { from, to }: { from: string; to: string }) {
  const file = async function* () {
    for await (const piece of exportJson({ deps, userId: from })) yield Buffer.from(piece)
  }
  await importFile({ deps, userId: to }, file(), null)
  await forgetEverything({ deps, userId: from, user: { timeZone: 'UTC' } })
  await deps.db.prisma.user.delete({ where: { id: from } })
}

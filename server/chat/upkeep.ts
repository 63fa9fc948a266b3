import type { Deps } from '#server/context.ts'
import { faultOf } from '#server/log.ts'

const EVERY_MS = 60 * 60 * 1000
/** How long a temporary conversation stays after its last message, and a deleted one after its deletion. */
const TEMPORARY_MS = 24 * 60 * 60 * 1000
const DELETED_MS = 30 * 24 * 60 * 60 * 1000

/**
 * Removes conversations that were not to stay: temporary ones that were left, and deleted ones that nobody restored. At
 * once and every hour; several processes may do it. Returns what stops it.
 */
export function startChatUpkeep(deps: Pick<Deps, 'db' | 'clock' | 'log'>): () => void {
  let stopped = false
  let cancel = () => {}

  async function run() {
    await removeLeft(deps).catch((error) => {
      if (!stopped)
        deps.log.warn({ fault: faultOf(error) }, 'Conversations could not be removed; tried again in an hour')
    })
    if (!stopped) cancel = deps.clock.after(EVERY_MS, run)
  }

  void run()
  return () => {
    stopped = true
    cancel()
  }
}

export async function removeLeft({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  await db.prisma.thread.deleteMany({
    where: {
      OR: [
        { temporary: true, activeAt: { lt: new Date(now - TEMPORARY_MS) } },
        { deletedAt: { lt: new Date(now - DELETED_MS) } },
      ],
    },
  })
}

import { LRUCache } from 'lru-cache'
import type { Deps } from '#server/context.ts'

/** Carries the id of a session that was ended, so that every process refuses its tokens at once. */
export const ENDED = 'local_session_ended'
const REMEMBERED_SESSIONS = 10_000

/**
 * Which sessions are over. A token outlives its session by up to a minute; asking here closes that gap at the price of
 * one look into the database for each session.
 */
export async function watchEndedSessions({ db, clock }: Pick<Deps, 'db' | 'clock'>) {
  const over = new LRUCache<string, boolean>({ max: REMEMBERED_SESSIONS })
  const stopListening = await db.listen(
    ENDED,
    (id) => over.set(id, true),
    () => over.clear(),
  )

  async function look(id: string): Promise<boolean> {
    const session = await db.prisma.localSession.findUnique({ where: { id }, select: { endedAt: true } })
    const isOver = session === null || session.endedAt !== null
    // What was announced meanwhile is newer than what was read.
    if (!over.has(id)) over.set(id, isOver)
    return over.get(id) ?? isOver
  }

  return {
    has: (id: string): boolean | Promise<boolean> => over.get(id) ?? look(id),
    async end(ids: string[]): Promise<void> {
      await endSessions({ db, clock }, ids)
      for (const id of ids) over.set(id, true)
    },
    close: stopListening,
  }
}

export type EndedSessions = Awaited<ReturnType<typeof watchEndedSessions>>

/** Ends sessions for good and tells every process. */
export async function endSessions({ db, clock }: Pick<Deps, 'db' | 'clock'>, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await db.prisma.localSession.updateMany({
    where: { id: { in: ids }, endedAt: null },
    data: { endedAt: new Date(clock.now()) },
  })
  for (const id of ids) await db.prisma.$executeRaw`select pg_notify(${ENDED}, ${id})`
}

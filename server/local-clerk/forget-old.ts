import type { Parts } from './parts.ts'

/** How long a browser is kept in which nobody has signed in yet, or nobody is signed in any more. */
const UNUSED_MS = 86_400_000
/** How long a session is kept whose time ran out: a clock that was set wrong may be put right. */
const RUN_OUT_MS = 30 * 86_400_000

/** Removes sessions that are over, and the browsers that nobody is signed in on: both are only ever made anew. */
export async function forgetOld({ db, clock, lifetimes }: Parts): Promise<void> {
  const before = (ms: number) => ({ lt: new Date(clock.now() - ms) })
  await db.prisma.localSession.deleteMany({
    where: {
      OR: [
        { endedAt: { not: null } },
        { expireAt: before(RUN_OUT_MS) },
        { lastActiveAt: before(RUN_OUT_MS + lifetimes.inactivityMs) },
      ],
    },
  })
  await db.prisma.localClient.deleteMany({ where: { createdAt: before(UNUSED_MS), sessions: { none: {} } } })
}

import type { LocalAccount, LocalSession } from '#server/db/generated/client.ts'
import type { Client } from './client.ts'
import { type Parts, randomId } from './parts.ts'
import { sessionOver } from './problems.ts'

export type Session = LocalSession & { account: LocalAccount }

/** Use is noted this often at most, in milliseconds. */
const NOTED_MS = 30_000

/** When a session ends for want of use. */
export function abandonAt({ lifetimes }: Parts, session: LocalSession): number {
  return session.lastActiveAt.getTime() + lifetimes.inactivityMs
}

/** The sessions whose time has not run out. The others are ended for good now that it is seen. */
export async function live(parts: Parts, sessions: Session[]): Promise<Session[]> {
  const now = parts.clock.now()
  const inTime = (it: Session) => now < it.expireAt.getTime() && now < abandonAt(parts, it)
  await parts.ended.end(sessions.filter((it) => !inTime(it)).map((it) => it.id))
  return sessions.filter(inTime)
}

/** @throws 401 when the session is over, or was never this browser's. */
export function sessionOf(client: Client | null, id: string | undefined): Session {
  const session = client?.sessions.find((it) => it.id === id)
  if (!session) throw sessionOver()
  return session
}

/**
 * Signs an account in. Who is signed in here already, and proves it again, keeps the session, which gets its whole
 * lifetime anew: other tabs work on undisturbed.
 */
export async function startSession(parts: Parts, client: Client, account: LocalAccount): Promise<Session> {
  const now = parts.clock.now()
  const times = { lastActiveAt: new Date(now), expireAt: new Date(now + parts.lifetimes.sessionMs) }
  const { localSession } = parts.db.prisma
  const known = client.sessions.find((it) => it.accountId === account.id)
  const row = known
    ? await localSession.update({ where: { id: known.id }, data: times })
    : await localSession.create({
        data: {
          id: randomId('sess'),
          clientId: client.id,
          accountId: account.id,
          createdAt: times.lastActiveAt,
          ...times,
        },
      })
  const session = { ...row, account }
  client.sessions = [session, ...client.sessions.filter((it) => it !== known)]
  return session
}

/** Notes that a session was used, which puts off its end for want of use. */
export async function noteUse(parts: Parts, session: Session): Promise<void> {
  const now = parts.clock.now()
  if (now - session.lastActiveAt.getTime() < Math.min(NOTED_MS, parts.lifetimes.inactivityMs / 10)) return
  session.lastActiveAt = new Date(now)
  await parts.db.prisma.localSession.update({ where: { id: session.id }, data: { lastActiveAt: session.lastActiveAt } })
}

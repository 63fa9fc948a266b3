import type { LocalAccount, LocalSession } from '#server/db/generated/client.ts'
import { type Parts, randomId } from './parts.ts'
import { sessionOver } from './problems.ts'

export type Session = LocalSession & { account: LocalAccount }

/** The browser that sessions are in. */
interface Holder {
  id: string
  sessions: Session[]
}

/** Use is noted this often at most, in milliseconds. */
const NOTED_MS = 30_000

/** When a session ends for want of use. */
export function abandonAt({ lifetimes }: Parts, session: LocalSession): number {
  return session.lastActiveAt.getTime() + lifetimes.inactivityMs
}

/** Whether a session's time has not run out. It is never noted, for it may be the clock that is wrong, and put right. */
export function isInTime(parts: Parts, session: Session): boolean {
  const now = parts.clock.now()
  return now < session.expireAt.getTime() && now < abandonAt(parts, session)
}

/** @throws 401 when the session is over, or was never this browser's. */
export function sessionOf(client: Holder | null, id: string | undefined): Session {
  const session = client?.sessions.find((it) => it.id === id)
  if (!session) throw sessionOver()
  return session
}

/**
 * Signs an account in. Who is signed in here already, and proves it again, keeps the session, which gets its whole
 * lifetime anew: other tabs work on undisturbed.
 */
export async function startSession(parts: Parts, client: Holder, account: LocalAccount): Promise<Session> {
  const known = client.sessions.find((it) => it.accountId === account.id)
  const session = known ?? (await createSession(parts, client, account))
  if (known) await renew(parts, known)
  client.sessions = [session, ...client.sessions.filter((it) => it !== known)]
  return session
}

async function createSession(parts: Parts, client: Holder, account: LocalAccount): Promise<Session> {
  const now = parts.clock.now()
  const at = new Date(now)
  const expireAt = new Date(now + parts.lifetimes.sessionMs)
  const ids = { id: randomId('sess'), clientId: client.id, accountId: account.id }
  const data = { ...ids, createdAt: at, lastActiveAt: at, expireAt }
  return { ...(await parts.db.prisma.localSession.create({ data })), account }
}

/** Gives a session its whole lifetime anew. */
export async function renew(parts: Parts, session: Session): Promise<void> {
  const now = parts.clock.now()
  session.lastActiveAt = new Date(now)
  session.expireAt = new Date(now + parts.lifetimes.sessionMs)
  const { lastActiveAt, expireAt } = session
  await parts.db.prisma.localSession.update({ where: { id: session.id }, data: { lastActiveAt, expireAt } })
}

/** Notes that a session was used, which puts off its end for want of use. */
export async function noteUse(parts: Parts, session: Session): Promise<void> {
  const unnoted = parts.clock.now() - session.lastActiveAt.getTime()
  if (unnoted >= Math.min(NOTED_MS, parts.lifetimes.inactivityMs / 10)) await choose(parts, session)
}

/** Makes a session the latest used one, which is the one a page opens with. */
export async function choose(parts: Parts, session: Session): Promise<void> {
  session.lastActiveAt = new Date(parts.clock.now())
  const { id, lastActiveAt } = session
  await parts.db.prisma.localSession.update({ where: { id }, data: { lastActiveAt } })
}

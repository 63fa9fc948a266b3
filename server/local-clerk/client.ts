import type { Request, Response } from 'express'
import { newSecret, readSecretHash, sendSecret } from './client-secret.ts'
import { forgetOld } from './forget-old.ts'
import { type Parts, randomId } from './parts.ts'
import { isInTime, type Session } from './session.ts'
import { readAttempt, type SignInAttempt } from './sign-in-attempt.ts'

/** How often the secret in a browser's cookie changes, and how long requests under way may bring the old one. */
const ROTATE_MS = 3_600_000
const GRACE_MS = 30_000

/** A browser: what Clerk calls a client. */
export interface Client {
  id: string
  /** Its live sessions, the latest used first. */
  sessions: Session[]
  signIn: SignInAttempt | null
  secretHash: string
  /** Whether the request brought the secret from before the last rotation. */
  broughtPrevious: boolean
  rotatedAt: number
  createdAt: number
}

/** The browser a request comes from, or null when it brings no secret that is known: then nothing is changed about it. */
export async function findClient(parts: Parts, req: Request): Promise<Client | null> {
  const hash = readSecretHash(req)
  if (!hash) return null
  const row = await parts.db.prisma.localClient.findFirst({
    where: { OR: [{ secretHash: hash }, { previousHash: hash }] },
    include: { sessions: { where: { endedAt: null }, include: { account: true }, orderBy: { lastActiveAt: 'desc' } } },
  })
  if (!row) return null
  return {
    id: row.id,
    sessions: row.sessions.filter((session) => isInTime(parts, session)),
    signIn: readAttempt(row.attempts),
    secretHash: row.secretHash,
    broughtPrevious: row.previousHash === hash,
    rotatedAt: row.rotatedAt.getTime(),
    createdAt: row.createdAt.getTime(),
  }
}

/** Makes this request's browser known by a new secret. */
export async function createClient(parts: Parts, req: Request, res: Response): Promise<Client> {
  const { secret, hash } = newSecret()
  const now = parts.clock.now()
  const id = randomId('client')
  const at = new Date(now)
  await forgetOld(parts)
  await parts.db.prisma.localClient.create({ data: { id, secretHash: hash, rotatedAt: at, createdAt: at } })
  sendSecret(req, res, secret)
  return { id, sessions: [], signIn: null, secretHash: hash, broughtPrevious: false, rotatedAt: now, createdAt: now }
}

/**
 * The client for an account to sign in on. Unless the account is signed in there already, it is known by a new secret
 * from now on and the old one is worth nothing: whoever planted that in this browser, with a session of their own or
 * without, is not signed in along with the person.
 */
export async function clientToSignIn(
  parts: Parts,
  client: Client | null,
  accountId: string,
  req: Request,
  res: Response,
): Promise<Client> {
  if (client?.sessions.some((session) => session.accountId === accountId)) return client
  const fresh = await createClient(parts, req, res)
  if (!client) return fresh
  const { localClient, localSession } = parts.db.prisma
  await localSession.updateMany({ where: { clientId: client.id, endedAt: null }, data: { clientId: fresh.id } })
  await localClient.deleteMany({ where: { id: client.id } })
  return { ...fresh, sessions: client.sessions }
}

/**
 * Changes the secret when its time has come. The old one stays good for a moment, because another tab's request may be
 * on its way with it; and beyond, until the new one has come back, because the answer that carried it may be lost. That
 * browser gets another.
 */
export async function rotateSecret(parts: Parts, client: Client, req: Request, res: Response): Promise<void> {
  const { prisma } = parts.db
  const now = parts.clock.now()
  const age = now - client.rotatedAt
  const where = { id: client.id, secretHash: client.secretHash }
  if (age < GRACE_MS) return
  if (!client.broughtPrevious && age < ROTATE_MS) {
    await prisma.localClient.updateMany({
      where: { ...where, previousHash: { not: null } },
      data: { previousHash: null },
    })
    return
  }
  const { secret, hash } = newSecret()
  const previous = client.broughtPrevious ? {} : { previousHash: client.secretHash }
  const data = { secretHash: hash, rotatedAt: new Date(now), ...previous }
  const { count } = await prisma.localClient.updateMany({ where, data })
  if (count === 1) sendSecret(req, res, secret)
}

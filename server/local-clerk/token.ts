import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { LocalSession } from '#server/db/generated/client.ts'
import type { Parts } from './parts.ts'

/** The `iss` of local tokens: what the publishable key below names, as it is with Clerk's. */
export const LOCAL_ISSUER = 'https://clerk.local.test'

/** A live key, so that clerk-js neither reports home nor asks for a development browser. */
export const LOCAL_PUBLISHABLE_KEY = `pk_live_${Buffer.from('clerk.local.test$').toString('base64')}`

/**
 * A session token, version 2 (https://clerk.com/docs/guides/sessions/session-tokens), for pages of `origin`. `fva` is
 * the age of the first factor in minutes, and -1 for the second, which there is none of.
 */
export async function mintToken(
  { clock, lifetimes, signingKey }: Parts,
  session: Pick<LocalSession, 'id' | 'accountId' | 'createdAt'>,
  origin: string,
): Promise<{ object: 'token'; jwt: string }> {
  const now = Math.floor(clock.now() / 1000)
  const sinceSignIn = Math.floor((clock.now() - session.createdAt.getTime()) / 60_000)
  const jwt = await new SignJWT({
    azp: origin,
    fva: [Math.max(0, sinceSignIn), -1],
    sid: session.id,
    sts: 'active',
    v: 2,
  })
    .setProtectedHeader({ alg: 'RS256', kid: signingKey.kid, typ: 'JWT' })
    .setIssuer(LOCAL_ISSUER)
    .setSubject(session.accountId)
    // Two tokens of one second differ by it: a forced refresh must not bring the very token that was refused.
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + Math.round(lifetimes.tokenMs / 1000))
    .sign(signingKey.privateKey)
  return { object: 'token', jwt }
}

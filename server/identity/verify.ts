import { verifyToken } from '@clerk/express'
import { z } from 'zod'
import type { TokenIssuer } from './issuer.ts'

const header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1) })

const claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  // A pending session has tasks left, a second factor for one: it is not signed in yet.
  sts: z.literal('active').optional(),
})

/** What a verified token says; times in seconds since the epoch. */
export type Claims = z.infer<typeof claims>

/**
 * The claims of a token that `issuer` signed for a page of `host`, or null. Whether its time has come or gone is not
 * asked here: that changes from call to call, and the SDK knows no clock but the machine's.
 *
 * @throws when the issuer's keys cannot be had at the moment.
 */
export async function verifySignature(token: string, host: string, issuer: TokenIssuer): Promise<Claims | null> {
  const named = header.safeParse(readHeader(token))
  if (!named.success) return null
  const jwtKey = await issuer.publicKey(named.data.kid)
  if (!jwtKey) return null
  const payload = await verifyToken(token, {
    jwtKey,
    issuer: issuer.issuer,
    authorizedParties: [`http://${host}`, `https://${host}`],
    clockSkewInMs: Number.MAX_SAFE_INTEGER,
  }).catch(() => null)
  return claims.safeParse(payload).data ?? null
}

function readHeader(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString())
  } catch {
    return null
  }
}

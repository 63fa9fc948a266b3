import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Ground } from '#server/ground.ts'
import { faultOf } from '#server/log.ts'
import type { AuthReason, Me } from '#shared/session.ts'
import { readBearer } from './bearer.ts'
import type { TokenIssuer } from './issuer.ts'
import { createUsers, type FirstUse } from './users.ts'
import { type Claims, verifySignature } from './verify.ts'

/** Who is calling: a person, nobody (and why), or not to be told at the moment. There is no anonymous user. */
export type Identified =
  | { state: 'user'; user: Me }
  | { state: 'nobody'; reason: AuthReason }
  | { state: 'unavailable'; problem: string }

/** Reads the caller off a request's Authorization header, the only credential there is. */
export interface Identity {
  identify(request: Request): Promise<Identified>
  close(): Promise<void>
}

/** How far a token's beginning may lie ahead of this server's clock, in milliseconds; Clerk's own default. */
const AHEAD_MS = 5000
const REMEMBERED_TOKENS = 10_000

const CANNOT_CHECK = 'Moneta cannot check who you are at the moment. Nothing is lost: try again shortly.'
const CLOCK_BEHIND = "This server's clock is behind, so it cannot check who you are: set it right, then try again."

export async function createIdentity(deps: Omit<Ground, 'embedder'> & { issuer: TokenIssuer }): Promise<Identity> {
  const { clock, log, issuer } = deps
  const verified = new LRUCache<string, Claims>({ max: REMEMBERED_TOKENS })
  const users = await createUsers(deps)

  /** The signature is checked once a token and host; the cache key is a hash, so that the cache holds no credential. */
  async function claimsOf(token: string, host: string): Promise<Claims | null> {
    const key = createHash('sha256').update(`${host} ${token}`).digest('base64')
    const known = verified.get(key)
    if (known) return known
    const claims = await verifySignature(token, host, issuer)
    if (claims) verified.set(key, claims)
    return claims
  }

  async function identify(request: Request): Promise<Identified> {
    const bearer = readBearer(request.headers.get('authorization'))
    if (bearer.token === null) return { state: 'nobody', reason: bearer.reason }
    const claims = await claimsOf(bearer.token, request.headers.get('host') ?? '')
    if (!claims) return { state: 'nobody', reason: 'invalid' }
    const now = clock.now()
    if (now >= claims.exp * 1000 + issuer.expiryLeewayMs) return { state: 'nobody', reason: 'expired' }
    if (Math.max(claims.iat, claims.nbf ?? 0) * 1000 > now + AHEAD_MS) {
      return { state: 'unavailable', problem: CLOCK_BEHIND }
    }
    if (await issuer.hasEnded(claims.sid)) return { state: 'nobody', reason: 'revoked' }
    return { state: 'user', user: await users.find(claims.sub, () => firstUse(request.headers)) }
  }

  return {
    async identify(request) {
      try {
        return await identify(request)
      } catch (error) {
        log.warn({ fault: faultOf(error) }, 'who is calling cannot be checked')
        return { state: 'unavailable', problem: CANNOT_CHECK }
      }
    },
    close: () => users.close(),
  }
}

/** What the browser tells of the person's place: stored with the user row when it is made. */
function firstUse(headers: Headers): FirstUse {
  return { timeZone: headers.get('x-time-zone'), locale: headers.get('accept-language')?.split(/[,;]/)[0] ?? null }
}

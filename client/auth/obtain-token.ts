import type { Clock } from '#shared/clock.ts'
import { GUARD_MS } from './current-token.ts'
import type { HeldToken, IssuerClock } from './issuer-clock.ts'
import { readToken, type Token } from './token.ts'
import { type ProviderSession, SourceError } from './token-source.ts'
import type { World } from './world.ts'

/** Another tab that began a refresh this recently is given a moment to share what it gets. */
const OTHER_TAB_MS = 8_000
const SHARING_MS = 1_000

interface Attempt {
  session: ProviderSession
  /** What must not come back. */
  held: HeldToken | null
  /** Whether the provider's cache is worth asking. */
  useCache: boolean
  issuer: IssuerClock
  clock: Clock
  world: World
  signal: AbortSignal
}

/**
 * A token other than the one held: from the provider's cache, which another tab may have filled, or else newly minted.
 * The cache alone is not to be trusted: Clerk's returns the same token until five seconds before its end.
 *
 * @returns null when the provider knows that nobody is signed in.
 * @throws {SourceError} or whatever the provider threw.
 */
export async function obtainToken(attempt: Attempt): Promise<HeldToken | null> {
  const { session, held, issuer, clock, world, signal } = attempt
  if (session.cached && attempt.useCache) {
    let cached = await session.cached(signal)
    if (cached !== null && !better(cached, attempt) && otherTabIsRefreshing(attempt)) {
      await new Promise<void>((resolve) => clock.after(SHARING_MS, resolve))
      cached = await session.cached(signal)
    }
    if (cached === null) return null
    const found = better(cached, attempt)
    if (found) return found
    signal.throwIfAborted()
  }
  const asked = issuer.moment()
  world.lastRefresh.write(asked.wall)
  const value = await session.mint(signal)
  if (value === null) return null
  if (value === held?.value) throw new SourceError('unavailable', 'The identity provider gave the same token again')
  const minted = issuer.minted(ownToken(value, session), asked)
  if (!minted || issuer.remaining(minted) <= GUARD_MS) {
    throw new SourceError('unavailable', 'The identity provider gave an expired token')
  }
  return minted
}

function better(value: string, { held, issuer, session }: Attempt): HeldToken | null {
  if (value === held?.value) return null
  const token = issuer.cached(ownToken(value, session))
  if (!token || issuer.remaining(token) <= GUARD_MS) return null
  return !held || held.refused || issuer.remaining(token) > issuer.remaining(held) ? token : null
}

/** Whatever goes wrong at the provider, nobody gets another's token. */
function ownToken(value: string, { sessionId }: ProviderSession): Token {
  const token = readToken(value)
  if (sessionId !== null && token.sessionId !== null && token.sessionId !== sessionId) {
    throw new SourceError('unavailable', 'The identity provider gave a token of another session')
  }
  return token
}

function otherTabIsRefreshing({ held, issuer, world }: Attempt): boolean {
  const began = world.lastRefresh.read()
  if (began === null || !held || held.refused || issuer.remaining(held) <= SHARING_MS + GUARD_MS) return false
  const { wall } = issuer.moment()
  return began > held.at.wall && began <= wall && wall - began < OTHER_TAB_MS
}

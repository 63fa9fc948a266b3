import { type ProviderSession, SourceError, type TokenSource } from './token-source.ts'
import { type ClerkHooks, UnseenMints } from './unseen-mints.ts'
import type { World } from './world.ts'

/** The part of Clerk's Session that is used here. */
interface ClerkSession {
  id: string
  expireAt: Date
  lastActiveOrganizationId: string | null
  user: { id: string } | null
  getToken(options: { skipCache?: boolean; organizationId?: string }): Promise<string | null>
  touch(): Promise<unknown>
}

/** The part of the Clerk object that is used here: `useClerk()`, loaded or not. */
export interface ClerkLike {
  loaded: boolean
  session: ClerkSession | null | undefined
  addListener(listener: () => void): () => void
  signOut(instead?: () => void): Promise<unknown>
}

/** Tokens of whoever is signed in with Clerk in this browser. `hooks` is the window. */
export function clerkSource(clerk: ClerkLike, { visible }: Pick<World, 'visible'>, hooks: ClerkHooks): TokenSource {
  const unseen = new UnseenMints(visible, hooks)
  return {
    current() {
      if (!clerk.loaded || clerk.session === undefined) return undefined
      return clerk.session && describe(clerk, clerk.session, unseen)
    },
    subscribe: (listener) => clerk.addListener(listener),
    async signOut({ stay }) {
      // Left to itself Clerk loads another page, and takes along what the person had before them.
      await (stay ? clerk.signOut(() => {}) : clerk.signOut())
    },
  }
}

function describe(clerk: ClerkLike, session: ClerkSession, unseen: UnseenMints): ProviderSession {
  const organizationId = session.lastActiveOrganizationId ?? undefined
  const userId = session.user?.id ?? ''
  return {
    key: [userId, session.id, organizationId ?? ''].join('/'),
    userId,
    sessionId: session.id,
    expiresAt: session.expireAt.getTime(),
    cached: () => unseen.allow(() => ask(clerk, session, { organizationId })),
    mint: () => unseen.allow(() => ask(clerk, session, { organizationId, skipCache: true })),
    async extend() {
      await session.touch()
    },
  }
}

/** Clerk answers null both when nobody is signed in and when it could not ask: only the first means anything. */
async function ask(clerk: ClerkLike, session: ClerkSession, options: Parameters<ClerkSession['getToken']>[0]) {
  const token = await session.getToken(options).catch((error: unknown) => {
    throw explain(error)
  })
  if (token === null && clerk.session !== null) throw new SourceError('unavailable', 'Clerk had no token to give')
  return token
}

/** Clerk's error classes lose their names in its bundle, so its codes and statuses tell them apart. */
function explain(cause: unknown): SourceError {
  const { code, status, retryAfter } = (cause ?? {}) as { code?: string; status?: number; retryAfter?: number }
  if (code === 'clerk_offline' || code === 'network_error' || (status === undefined && cause instanceof TypeError)) {
    return new SourceError('offline', 'Clerk cannot be reached', { cause })
  }
  const retryAfterMs = retryAfter === undefined ? 0 : retryAfter * 1000
  return new SourceError('unavailable', `Clerk gave no token (${code ?? status ?? 'unknown reason'})`, {
    cause,
    retryAfterMs,
  })
}

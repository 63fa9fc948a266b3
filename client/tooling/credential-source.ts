import { SourceError, type TokenSource } from '#client/auth/token-source.ts'

/**
 * Trades the credential that a tool keeps for a new session token. Null when the credential is no longer good. It must
 * not go through a client made with it.
 */
export type Mint = (signal: AbortSignal) => Promise<string | null>

/** Tokens for a tool that acts for one person. Any error of `mint` but a SourceError means: try again later. */
export function credentialSource(mint: Mint): TokenSource {
  let signedIn = true
  const session = {
    key: 'credential',
    userId: 'credential',
    sessionId: null,
    expiresAt: null,
    mint: (signal: AbortSignal) =>
      mint(signal).catch((cause: unknown) => {
        if (cause instanceof SourceError) throw cause
        // What fetch throws when it could not reach anybody.
        const kind = cause instanceof TypeError ? 'offline' : 'unavailable'
        throw new SourceError(kind, 'The credential could not be traded for a token', { cause })
      }),
  }
  return {
    current: () => (signedIn ? session : null),
    subscribe: () => () => {},
    async signOut() {
      signedIn = false
    },
  }
}

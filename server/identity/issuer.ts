/** What an identity provider tells of a person. */
export interface Profile {
  email: string | null
  name: string | null
}

/** Who vouches for people: Clerk's cloud, or this installation itself. */
export interface TokenIssuer {
  /** The `iss` of its tokens. */
  readonly issuer: string
  /** How long after its `exp` a token is still taken, in milliseconds, because clocks differ. */
  readonly expiryLeewayMs: number
  /**
   * The public key named `kid`, as PEM (SPKI), or null when there is none of that name.
   *
   * @throws when the keys cannot be had at the moment, which says nothing about the token.
   */
  publicKey(kid: string): Promise<string | null>
  /** Whether a session was ended before its tokens run out. Always false where the server does not know sessions. */
  hasEnded(sessionId: string): boolean | Promise<boolean>
  profile(subject: string): Promise<Profile>
}

/**
 * The issuer in a publishable key, which is `pk_…_` and the base64 of the Frontend API's host name with a `$` at the end
 * (https://clerk.com/docs/guides/sessions/manual-jwt-verification).
 */
export function issuerOf(publishableKey: string): string {
  const encoded = publishableKey.slice(publishableKey.lastIndexOf('_') + 1)
  return `https://${Buffer.from(encoded, 'base64').toString().replace(/\$$/, '')}`
}

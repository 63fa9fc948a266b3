/** A session token (JWT) and what its own claims say: times in milliseconds since the epoch on its issuer's clock. */
export interface Token {
  readonly value: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** Clerk's `sid` claim: whose session it is good for; null when it does not say. */
  readonly sessionId: string | null
}

/**
 * Reads `iat` and `exp` (RFC 7519, 4.1). The signature is the server's to check.
 *
 * @throws {TypeError} when the value is no JWT with both claims: an error page, say, from a captive portal.
 */
export function readToken(value: string): Token {
  const claims = claimsOf(value)
  const { iat, exp, sid } = claims ?? {}
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp <= iat) {
    throw new TypeError('The identity provider did not answer with a session token')
  }
  return { value, issuedAt: iat * 1000, expiresAt: exp * 1000, sessionId: typeof sid === 'string' ? sid : null }
}

export const lifetimeOf = (token: Token): number => token.expiresAt - token.issuedAt

function claimsOf(value: string): Record<string, unknown> | null {
  const payload = value.split('.')[1]
  if (payload === undefined) return null
  try {
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return null
  }
}

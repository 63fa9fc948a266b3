import type { AuthReason } from '#shared/session.ts'

type Bearer = { token: string } | { token: null; reason: AuthReason }

/** Three parts of base64url, the third a signature: no opaque token looks like it, nor an unsigned one. */
const SIGNED_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const LONGEST = 8192

/**
 * The token of an Authorization header. Whatever is not a signed JWT ends here: Clerk's SDK would take machine tokens
 * (`mt_`, `ak_`, `oat_`) to the vendor's API to ask about them.
 */
export function readBearer(authorization: string | null): Bearer {
  if (!authorization) return { token: null, reason: 'missing' }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (!token || token.length > LONGEST || !SIGNED_JWT.test(token)) return { token: null, reason: 'invalid' }
  return { token }
}

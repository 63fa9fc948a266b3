import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { createClerkClient } from '@clerk/express'
import type { Config } from '#server/config.ts'
import type { Ground } from '#server/ground.ts'
import { faultOf } from '#server/log.ts'
import { issuerOf, type Profile, type TokenIssuer } from './issuer.ts'
import { createKeySet } from './key-set.ts'

/** Clerk's default: its clocks and ours are not the same. */
const EXPIRY_LEEWAY_MS = 5000
const NOBODY: Profile = { email: null, name: null }

/**
 * Clerk's cloud as the one who vouches. With CLERK_JWT_KEY no key is ever asked for over the network; without it the
 * key set comes from Clerk's Backend API.
 */
export function clerkIssuer(
  keys: NonNullable<Config['clerk']>,
  { clock, log }: Pick<Ground, 'clock' | 'log'>,
  apiUrl?: string,
): TokenIssuer {
  const clerk = createClerkClient({ ...keys, jwtKey: undefined, apiUrl, telemetry: { disabled: true } })
  const keySet = createKeySet(async () => {
    const { keys = [] } = await clerk.jwks.getJwks()
    return new Map(keys.map((key) => [key.kid, toPem({ ...key })]))
  }, clock)

  return {
    issuer: issuerOf(keys.publishableKey),
    expiryLeewayMs: EXPIRY_LEEWAY_MS,
    publicKey: async (kid) => keys.jwtKey ?? keySet.find(kid),
    hasEnded: () => false,
    async profile(subject) {
      try {
        const user = await clerk.users.getUser(subject)
        return { email: user.primaryEmailAddress?.emailAddress ?? null, name: user.fullName }
      } catch (error) {
        log.warn({ fault: faultOf(error) }, "Clerk does not tell a person's name at the moment")
        return NOBODY
      }
    },
  }
}

function toPem(key: JsonWebKey): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
}

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import { LOCAL_ISSUER } from '#server/local-clerk/token.ts'
import type { TestServer } from './harness.ts'
import type { Person } from './person.ts'

/** The key that a test server signs with, as a thief of its database would have it. */
export async function signingKeyOf({ deps }: TestServer): Promise<{ kid: string; key: KeyObject; publicKey: string }> {
  const { kid, privateKey, publicKey } = await deps.db.prisma.localSigningKey.findFirstOrThrow()
  return { kid, key: createPrivateKey(privateKey), publicKey }
}

/** What a good token says; a claim set to undefined is left out of it. */
export function claimsFor(server: TestServer, person: Person): JWTPayload {
  const now = Math.floor(server.clock.now() / 1000)
  return {
    iss: LOCAL_ISSUER,
    azp: server.url,
    sub: person.subject,
    sid: person.sessionId,
    sts: 'active',
    iat: now,
    nbf: now,
    exp: now + 60,
  }
}

export function sign(claims: JWTPayload, kid: string, key: KeyObject | Uint8Array, alg = 'RS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key)
}

/** Two keys that no test server signs with. */
export const [strangersKey, anotherStrangersKey] = [newKey(), newKey()]

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}

/** A token without a signature, under whatever header. */
export function unsigned(header: object, claims: JWTPayload, signature = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(claims)}.${signature}`
}

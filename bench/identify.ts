// What it costs to know who is calling, in µs of CPU: tsx bench/identify.ts
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { verifyToken } from '@clerk/express'
import { SignJWT } from 'jose'
import type { Database } from '#server/db/database.ts'
import { createIdentity } from '#server/identity/identity.ts'
import type { TokenIssuer } from '#server/identity/issuer.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'

const CALLS = 5000
const ISSUER = 'https://clerk.example.com'
const HOST = '127.0.0.1:3000'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
const issuer: TokenIssuer = {
  issuer: ISSUER,
  expiryLeewayMs: 0,
  publicKey: async () => publicKey,
  hasEnded: () => false,
  profile: async () => ({ email: null, name: null }),
}
const row = { id: 'x', email: null, name: null, timeZone: 'UTC', locale: 'en', createdAt: new Date() }
const db = {
  listen: async () => async () => {},
  prisma: { user: { findUnique: async () => row } },
} as unknown as Database
const identity = await createIdentity({ db, clock: systemClock, log: createLog('silent'), issuer })

const now = Math.floor(Date.now() / 1000)
const tokens = await Promise.all(
  Array.from({ length: CALLS }, (_, jti) =>
    new SignJWT({ azp: `http://${HOST}`, sid: 'sess_1', sts: 'active', jti: String(jti) })
      .setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setSubject('user_1')
      .setIssuedAt(now)
      .setExpirationTime(now + 600)
      .sign(privateKey),
  ),
)
const requests = tokens.map(
  (token) => new Request(`http://${HOST}/`, { headers: { authorization: `Bearer ${token}`, host: HOST } }),
)
const [first] = requests
if (!first) throw new Error('There is nothing to measure')

await measure('verifyToken alone', (i) =>
  verifyToken(tokens[i] ?? '', { jwtKey: publicKey, authorizedParties: [`http://${HOST}`] }),
)
await measure('identify, token not seen before', (i) => identity.identify(requests[i] ?? first))
await measure('identify, token seen before', () => identity.identify(first))

/** CPU of the whole process by the call, after a warm-up of a tenth of the calls. */
async function measure(what: string, call: (i: number) => Promise<unknown>) {
  for (let i = 0; i < CALLS / 10; i++) await call(i)
  const before = process.cpuUsage()
  for (let i = CALLS / 10; i < CALLS; i++) await call(i)
  const { user, system } = process.cpuUsage(before)
  console.log(`${((user + system) / (CALLS * 0.9)).toFixed(1)} µs  ${what}`)
}

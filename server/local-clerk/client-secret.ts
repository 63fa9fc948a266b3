import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'

const COOKIE = '__client'
const YEAR_MS = 31_536_000_000

/** The secret of the browser that asks, as its cookie brings it: 256 bits, of which the database keeps the hash. */
export function readSecretHash(req: Request): string | null {
  const secret = /(?:^|;\s*)__client=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1]
  return secret ? hashSecret(secret) : null
}

export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashSecret(secret) }
}

/** Lax keeps other sites' forms out; the path keeps the secret away from every other request of the page. */
export function sendSecret(req: Request, res: Response, secret: string): void {
  res.cookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: originOf(req).startsWith('https:'),
    path: '/__clerk',
    maxAge: YEAR_MS,
  })
}

/** The origin of the page that asks. Browsers name it on every POST; who does not is taken for our own page. */
export function originOf(req: Request): string {
  return req.headers.origin ?? `${req.protocol}://${req.headers.host}`
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

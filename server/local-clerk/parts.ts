import { randomBytes } from 'node:crypto'
import type { Config } from '#server/config.ts'
import type { Deps } from '#server/context.ts'
import type { EndedSessions } from './ended-sessions.ts'
import type { SigningKey } from './signing-key.ts'

/** What the endpoints of the local identity work with. */
export interface Parts extends Pick<Deps, 'db' | 'clock' | 'log'> {
  lifetimes: Config['local']
  signingKey: SigningKey
  ended: EndedSessions
}

/** An id as Clerk makes them: what it is, and 144 random bits. */
export function randomId(prefix: 'client' | 'sess' | 'sia' | 'sua' | 'user'): string {
  return `${prefix}_${randomBytes(18).toString('base64url')}`
}

import type { AuthReason, Me } from '#shared/session.ts'

/** Who is calling: a person, nobody (and why), or not to be told at the moment. There is no anonymous user. */
export type Identified =
  | { state: 'user'; user: Me }
  | { state: 'nobody'; reason: AuthReason }
  | { state: 'unavailable'; problem: string }

/** Reads the caller off a request's Authorization header, the only credential there is. */
export interface Identity {
  identify(request: Request): Promise<Identified>
}

import type { RefusalReason } from './refusal.ts'

/** `signed-out` here, `provider` when the identity provider says so, `refused` when the server refused a fresh token. */
export type EndCause = 'signed-out' | 'provider' | 'refused'

/** What happened, for consoles and panels. No token is in any. Times are milliseconds since the epoch. */
export type SessionEvent =
  | { type: 'started'; at: number; everyMs: number }
  | { type: 'refreshing'; at: number }
  | { type: 'refreshed'; at: number; nextAt: number }
  | { type: 'refresh-failed'; at: number; problem: 'offline' | 'unavailable'; failures: number; retryAt: number }
  | { type: 'rejected'; at: number; path: string; reason: RefusalReason; final: boolean }
  | { type: 'replayed'; at: number; path: string }
  | { type: 'expiring'; at: number; endsAt: number }
  | { type: 'ended'; at: number; cause: EndCause }

/** An event that has just happened. */
export type News = SessionEvent extends infer Event ? (Event extends SessionEvent ? Omit<Event, 'at'> : never) : never

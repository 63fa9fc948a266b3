import { periodOf } from './schedule.ts'
import type { SessionEpoch } from './session-epoch.ts'
import type { SessionProblem } from './session-error.ts'
import { lifetimeOf } from './token.ts'

export type SessionStatus =
  | 'loading'
  | 'live'
  | 'refreshing'
  | 'expiring'
  | 'reconnecting'
  | 'offline'
  | 'ended'
  | 'signed-out'

/** All that a page shows of the session. Times are milliseconds since the epoch. */
export interface SessionState {
  readonly status: SessionStatus
  /** Whose session it is or was; null before anyone signed in and after signing out. */
  readonly userId: string | null
  /** Changes with the user, the session and the organisation: the key of everything that belongs to them. */
  readonly key: string | null
  /** Less than five minutes are left of the session, whatever the status says besides. */
  readonly expiring: boolean
  readonly expiresAt: number | null
  readonly lastRefreshAt: number | null
  /** How often the token is renewed, in milliseconds; null before there is one. */
  readonly refreshEveryMs: number | null
  /** When the next attempt is made after a failed one; null while none is needed, or one is under way. */
  readonly retryAt: number | null
  readonly problem: SessionProblem | null
}

/** `epoch` is null before the first session and after signing out; `known`: the provider has said who is signed in. */
export function describeSession(epoch: SessionEpoch | null, known: boolean, offline: boolean): SessionState {
  const error = epoch?.coolDown.error ?? null
  const over = epoch?.life.over ?? null
  return {
    status: epoch ? statusOf(epoch, offline) : known ? 'signed-out' : 'loading',
    userId: epoch?.session.userId ?? null,
    key: epoch?.session.key ?? null,
    expiring: epoch !== null && !over && epoch.expiring,
    expiresAt: epoch?.session.expiresAt ?? null,
    lastRefreshAt: epoch?.lastRefreshAt ?? null,
    refreshEveryMs: epoch?.token.held ? periodOf(lifetimeOf(epoch.token.held)) : null,
    retryAt: over || epoch?.refreshing ? null : (epoch?.coolDown.retryAt ?? null),
    problem: over?.problem ?? epoch?.doubt ?? (offline ? 'offline' : (error?.kind ?? null)),
  }
}

export function sameState(a: SessionState, b: SessionState): boolean {
  return (Object.keys(a) as (keyof SessionState)[]).every((key) => a[key] === b[key])
}

function statusOf(epoch: SessionEpoch, offline: boolean): SessionStatus {
  if (epoch.life.over) return 'ended'
  const error = epoch.coolDown.error
  if (offline || error?.kind === 'offline') return 'offline'
  if (error || epoch.doubt) return 'reconnecting'
  if (epoch.expiring) return 'expiring'
  return epoch.refreshing || !epoch.token.held ? 'refreshing' : 'live'
}

import type { AuthReason, AuthRefusal } from '#shared/session.ts'
import { ForeignAnswer } from './foreign-answer.ts'

/** `gateway`: something else than our server said 401. Null: a resolver did, so the operation may have done things. */
export type RefusalReason = AuthReason | 'gateway' | null

/** What is looked at of a TRPCClientError. */
interface Failure {
  data?: unknown
  cause?: unknown
  shape?: unknown
}

/** Which operation was refused, and why. */
export interface Refusal {
  path: string
  reason: RefusalReason
}

/** What no right server says of a fresh token, or not ours at all: no reason to end a session. */
export function doubtful(reason: RefusalReason): boolean {
  return reason === 'expired' || reason === 'missing' || reason === 'gateway'
}

/** Whether an operation failed for want of a good token, and why; undefined when it failed for something else. */
export function refusalReason({ data, cause, shape }: Failure): RefusalReason | undefined {
  const { code, auth } = (data ?? {}) as { code?: string; auth?: AuthRefusal | null }
  if (auth) return auth.reason
  if (code === 'UNAUTHORIZED') return null
  if (cause instanceof ForeignAnswer) return cause.status === 401 ? 'gateway' : undefined
  return [cause, shape].some(isRefusedConnection) ? 'gateway' : undefined
}

/**
 * An EventSource reports a failed connection by an event that has the HTTP status as its `code`. tRPC's client wraps it
 * in a SuppressedError, then takes that for an answer of the server, with the event as its shape.
 */
function isRefusedConnection(event: unknown): boolean {
  return event instanceof Event && (event as { code?: number }).code === 401
}

import type { TRPCClientErrorLike } from '@trpc/client'
import type { AuthReason, AuthRefusal } from '#shared/session.ts'
import { ForeignAnswer } from './foreign-answer.ts'

/** `gateway`: something else than our server said 401. Null: a resolver did, so the operation may have done things. */
export type RefusalReason = AuthReason | 'gateway' | null

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
export function refusalReason(
  error: Pick<TRPCClientErrorLike<never>, 'data'> & { cause?: unknown },
): RefusalReason | undefined {
  const data = error.data as { code?: string; auth?: AuthRefusal | null } | null | undefined
  if (data?.auth) return data.auth.reason
  if (data?.code === 'UNAUTHORIZED') return null
  const { cause } = error
  if (cause instanceof ForeignAnswer) return cause.status === 401 ? 'gateway' : undefined
  // An EventSource reports a failed connection as an event with the HTTP status in `code`.
  return cause instanceof Event && (cause as { code?: number }).code === 401 ? 'gateway' : undefined
}

import type { Operation, OperationContext } from '@trpc/client'
import type { Clock } from '#shared/clock.ts'
import { type HeldToken, isFresh } from './issuer-clock.ts'
import type { SessionEpoch } from './session-epoch.ts'

/** The right of one operation to be sent in one epoch. The token itself is taken when it really leaves. */
export interface Lease {
  readonly epoch: SessionEpoch
  /** What it was last sent with; null before it left. */
  sent: HeldToken | null
  /** Whether that token was so new, when it left, that only a wrong clock can call it expired. */
  sentFresh: boolean
}

export function leaseIn(epoch: SessionEpoch): Lease {
  return { epoch, sent: null, sentFresh: false }
}

/** Nothing was sent, since the batch held something that may not be: those that may are sent without it. */
export class Undispatched extends Error {}

const LEASE = Symbol('lease')

type Authorization = { authorization: string }

export function withLease(context: OperationContext, lease: Lease): OperationContext {
  return Object.assign({}, context, { [LEASE]: lease })
}

/**
 * The header for operations that leave together, at the moment they leave. All of them must still be wanted, and belong
 * to the present session.
 *
 * @throws {Undispatched} otherwise, and when there is no good token at this moment.
 */
export function authorize(operations: readonly Operation[], clock: Clock): Authorization {
  if (operations.some((operation) => operation.signal?.aborted)) throw new Undispatched()
  return present(operations.map(leaseOf), clock)
}

/** As `authorize`, for leases alone. */
export function present(leases: readonly Lease[], clock: Clock): Authorization {
  const token = leases[0]?.epoch.usable
  if (!token || leases.some(({ epoch }) => epoch.usable !== token)) throw new Undispatched()
  const sentFresh = isFresh(token, clock.monotonic())
  for (const lease of leases) Object.assign(lease, { sent: token, sentFresh })
  return { authorization: `Bearer ${token.value}` }
}

export function leaseOf({ context, path }: Operation): Lease {
  const lease = (context as { [LEASE]?: Lease })[LEASE]
  if (!lease) throw new Error(`${path} did not pass through refreshingAuthLink`)
  return lease
}

import type { Clock } from '#shared/clock.ts'
import type { AuthRefusal } from '#shared/session.ts'
import { admission } from './applicant.ts'
import { type Lease, leaseIn, present } from './lease.ts'
import type { RefusalReason } from './refusal.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** What can be sent more than once; a stream cannot, so it comes as a function that opens it. */
type Body = Exclude<BodyInit, ReadableStream> | (() => BodyInit | Promise<BodyInit>)

export interface AuthRequest extends Omit<RequestInit, 'body'> {
  body?: Body | null
}

interface Options {
  keeper: TokenKeeper
  clock: Clock
  fetch: typeof globalThis.fetch
}

/**
 * A fetch by the keeper's rules, for bodies that are not tRPC: a file going in or out. It waits for a good token, and
 * after a 401 sends the request once more with a newer one, its body opened again. Rejects with a SessionError when
 * there is no token to be had, when the session ended or changed; every other answer is the caller's to judge.
 */
export function createFetchWithAuth({ keeper, clock, fetch }: Options) {
  return async (url: string | URL, request: AuthRequest = {}): Promise<Response> => {
    const { signal } = request
    const lease = leaseIn(await admission(keeper, signal))
    const path = new URL(url, 'http://localhost').pathname
    const first = await send(lease, url, request)
    if (first.status !== 401) return first
    const over = keeper.refused(lease, { path, reason: await reasonOf(first) })
    if (over) throw over
    await admission(lease.epoch, signal)
    keeper.replayed(path)
    const second = await send(lease, url, request)
    if (second.status !== 401) return second
    throw keeper.giveUp(lease, { path, reason: await reasonOf(second) })
  }

  async function send(lease: Lease, url: string | URL, { body, headers, signal, ...rest }: AuthRequest) {
    const { epoch } = lease
    const opened = typeof body === 'function' ? await body() : body
    await admission(epoch, signal)
    if (epoch.life.over) throw epoch.life.over
    const closed = new AbortController()
    const underWay = { refuse: (why: Error) => closed.abort(why) }
    epoch.life.join(underWay)
    const all = new Headers(headers)
    all.set('authorization', present([lease], clock).authorization)
    const streaming = opened instanceof ReadableStream ? { duplex: 'half' } : {}
    const either = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal
    try {
      const response = await fetch(url, { ...rest, ...streaming, body: opened, headers: all, signal: either })
      keeper.trust(lease)
      return response
    } finally {
      epoch.life.leave(underWay)
    }
  }
}

export type FetchWithAuth = ReturnType<typeof createFetchWithAuth>

/** Our server marks its refusals as the API does, `{ auth: { reason } }`; any other 401 is a gateway's. */
async function reasonOf(response: Response): Promise<RefusalReason> {
  try {
    const { auth } = (await response.json()) as { auth?: AuthRefusal }
    return auth?.reason ?? 'gateway'
  } catch {
    return 'gateway'
  }
}

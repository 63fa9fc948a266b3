import type { Operation } from '@trpc/client'
import type { FetchLike } from 'eventsource'
import type { Clock } from '#shared/clock.ts'
import { admission } from './applicant.ts'
import { ForeignAnswer } from './foreign-answer.ts'
import { authorize, leaseOf } from './lease.ts'
import { backoff } from './schedule.ts'

/** How soon an EventSource connects again after its stream was cut: its own default is 3 s. */
const RECONNECT_HINT = new TextEncoder().encode('retry: 500\n\n')
/** A stream that lived shorter than this, in milliseconds, counts as a failed one. */
const STEADY_MS = 1_000

export interface StreamWorld {
  fetch: typeof globalThis.fetch
  clock: Clock
  random: () => number
}

/**
 * The fetch of one subscription's EventSource. Each connection takes its token anew, in a header. A server that is not
 * available, or somebody answering in its place, is tried again with growing pauses; a refusal ends the connection.
 */
export function streamFetch(operation: Operation, { fetch, clock, random }: StreamWorld): FetchLike {
  const { epoch } = leaseOf(operation)
  let failures = 0
  let connectedAt: number | null = null

  return async (url, init) => {
    if (connectedAt !== null && clock.monotonic() - connectedAt >= STEADY_MS) failures = 0
    connectedAt = null
    if (failures > 0) await pause(backoff(failures, 0, random), clock, init.signal)
    failures += 1
    // Thrown, an error would only make the EventSource try again.
    if (epoch.life.over) return new Response(null, { status: 401 })
    await admission(epoch, init.signal)
    const headers = { ...init.headers, ...authorize([operation], clock) }
    const response = await fetch(url, { ...init, headers } as RequestInit)
    if (response.status === 401) return response
    const stream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (response.ok ? !stream : isPassing(response.status)) {
      await response.body?.cancel()
      throw new ForeignAnswer(response.status)
    }
    connectedAt = clock.monotonic()
    const { status, redirected, headers: answered, body } = response
    return { status, redirected, url: response.url, headers: answered, body: body && withHint(body) }
  }
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

function pause(ms: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, resolve)
    signal?.addEventListener('abort', () => {
      stop()
      reject(signal.reason)
    })
  })
}

function withHint(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    start(controller) {
      controller.enqueue(RECONNECT_HINT)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

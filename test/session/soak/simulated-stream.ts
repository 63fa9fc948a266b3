import { TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { ForeignAnswer } from '#client/auth/foreign-answer.ts'
import { streamFetch } from '#client/auth/stream-fetch.ts'
import type { AuthReason } from '#shared/session.ts'
import type { FakeClock } from '../../clock.ts'
import type { TestRouter } from '../api.ts'

/** What an EventSource waits before it connects again, in milliseconds, as our fetch tells it to. */
const RECONNECT_MS = 500
const EVENT_MS = 400

interface Connection {
  from: number
  length: number
  token: string
}

/** Opens a connection in memory: refuses it, or fails. */
type Admit = (connection: Connection) => AuthReason | null

/**
 * tRPC's subscription link and its EventSource on a fake clock, over the real `streamFetch`: an answer of `input.length`
 * events, one every 400 ms, until `cut` breaks what is open.
 */
export class SimulatedStreams {
  readonly #open = new Set<() => void>()
  readonly #clock: FakeClock
  readonly #admit: Admit
  readonly #random: () => number

  constructor(clock: FakeClock, random: () => number, admit: Admit) {
    this.#clock = clock
    this.#random = random
    this.#admit = admit
  }

  /** Breaks every connection. */
  cut(): void {
    for (const breakOff of [...this.#open]) breakOff()
  }

  readonly link: TRPCLink<TestRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        const { length, lastEventId } = op.input as { length: number; lastEventId?: string }
        const gone = new AbortController()
        let last = Number(lastEventId ?? 0)
        const connect = streamFetch(op, {
          clock: this.#clock,
          random: this.#random,
          fetch: async (_, init) => this.#serve({ from: last, length, token: tokenOf(init) }),
        })
        const listen = async () => {
          const response = await connect('http://simulated', { signal: gone.signal, headers: {} } as never)
          if (response.status !== 200) return observer.error(TRPCClientError.from(new ForeignAnswer(response.status)))
          const reader = (response.body as ReadableStream<Uint8Array>).getReader()
          gone.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
          for (;;) {
            const { done, value } = await reader.read()
            if (done || gone.signal.aborted) throw new TypeError('terminated')
            const line = new TextDecoder().decode(value)
            if (line.startsWith('retry')) continue
            const event = JSON.parse(line)
            if (event.refused) return observer.error(unauthorized(event.refused))
            if (event.end) return observer.complete()
            last = event.id
            observer.next({ result: { type: 'data', id: String(event.id), data: event.id } })
          }
        }
        const keepListening = (): Promise<void> =>
          listen().catch(() => {
            if (!gone.signal.aborted) this.#clock.after(RECONNECT_MS, () => gone.signal.aborted || void keepListening())
          })
        void keepListening()
        return () => gone.abort()
      })

  #serve(connection: Connection): Response {
    const refused = this.#admit(connection)
    const encode = (event: object) => new TextEncoder().encode(JSON.stringify(event))
    let stop = () => {}
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (refused) return controller.enqueue(encode({ refused }))
        let id = connection.from
        const write = () => {
          if (id === connection.length) {
            stop()
            return controller.enqueue(encode({ end: true }))
          }
          id += 1
          controller.enqueue(encode({ id }))
          cancelNext = this.#clock.after(EVENT_MS, write)
        }
        let cancelNext = this.#clock.after(EVENT_MS, write)
        const breakOff = () => {
          stop()
          controller.error(new TypeError('terminated'))
        }
        stop = () => {
          cancelNext()
          this.#open.delete(breakOff)
        }
        this.#open.add(breakOff)
      },
      cancel: () => stop(),
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

function tokenOf(init: RequestInit | undefined): string {
  return new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? ''
}

function unauthorized(reason: AuthReason): TRPCClientError<TestRouter> {
  return TRPCClientError.from({
    error: { message: reason, code: -32001, data: { code: 'UNAUTHORIZED', auth: { reason } } },
  })
}

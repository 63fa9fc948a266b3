import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  isTrackedEnvelope,
  TRPCError,
} from '@trpc/server'
import { getErrorShape } from '@trpc/server/shared'
import type { Context, Deps } from '#server/context.ts'
import { appRouter } from '#server/router.ts'

/** How often a silent stream says that it lives, in milliseconds: proxies cut what is silent for a minute. */
const PING_MS = 15_000
/** After this silence, in milliseconds, a client takes the stream for lost, as after a laptop's sleep, and reconnects. */
const LOST_AFTER_MS = 3 * PING_MS

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

type World = Pick<Deps, 'clock' | 'config'>

interface Call {
  path: string
  createContext(signal: AbortSignal): Promise<Context>
  onError(error: TRPCError, path: string): void
}

/** The subscription that a request asks for; null when it asks for anything else. */
export function subscriptionOf(request: Request): string | null {
  const path = new URL(request.url).pathname.slice('/trpc/'.length)
  const { procedures }: AnyTRPCRouter['_def'] = appRouter._def
  return request.method === 'GET' && procedures[path]?._def.type === 'subscription' ? path : null
}

/**
 * A subscription as server-sent events, the same on the wire as tRPC's own adapters send. Written straight to node's
 * response, and encoded once for all who get it: a quarter of the CPU of tRPC's fetch adapter, which passes each event
 * through five streams for each reader.
 */
export function streamEvents(world: World, request: Request, outgoing: ServerResponse, call: Call): Response {
  void write(world, request, outgoing, call)
  return RESPONSE_ALREADY_SENT
}

async function write({ clock, config }: World, request: Request, outgoing: ServerResponse, call: Call) {
  const ending = new AbortController()
  const { signal } = ending
  outgoing.on('close', () => ending.abort())
  // The client takes it up again, so that a revoked session cannot listen on.
  const cancelEnd = clock.after(config.streamMaxMs, () => ending.abort())
  let cancelPing = () => {}
  function ping() {
    outgoing.write('event: ping\ndata:\n\n')
    cancelPing = clock.after(PING_MS, ping)
  }

  outgoing.writeHead(200, HEADERS)
  // Written by themselves, the headers do not stay in memory in pieces, which is half of what a stream takes.
  outgoing.flushHeaders()
  outgoing.write(`event: connected\ndata: {"reconnectAfterInactivityMs":${LOST_AFTER_MS}}\n\n`)
  cancelPing = clock.after(PING_MS, ping)
  let ctx: Context | undefined
  try {
    ctx = await call.createContext(signal)
    const events = await callTRPCProcedure({
      router: appRouter,
      path: call.path,
      getRawInput: async () => inputOf(request),
      ctx,
      type: 'subscription',
      signal,
      batchIndex: 0,
    })
    for await (const event of events as AsyncIterable<unknown>) {
      if (signal.aborted) break
      if (!outgoing.write(frame(event))) await drained(outgoing, signal)
    }
    if (!signal.aborted) outgoing.write('event: return\ndata:\n\n')
  } catch (cause) {
    if (!signal.aborted) {
      const error = getTRPCErrorFromUnknown(cause)
      call.onError(error, call.path)
      outgoing.write(`event: serialized-error\ndata: ${JSON.stringify(shapeOf(error, call.path, ctx))}\n\n`)
    }
  } finally {
    cancelEnd()
    cancelPing()
    outgoing.end()
  }
}

function inputOf(request: Request): unknown {
  const { searchParams } = new URL(request.url)
  const input = parse(searchParams.get('input') ?? '{}')
  const lastEventId = request.headers.get('last-event-id')
  return lastEventId ? { ...Object(input), lastEventId } : input
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'The input of this call is not JSON.', cause })
  }
}

function shapeOf(error: TRPCError, path: string, ctx: Context | undefined) {
  const { _config: config } = appRouter._def
  return getErrorShape({ config, error, path, type: 'subscription', input: undefined, ctx })
}

/** Events as they are written, for as long as somebody holds the event. */
const frames = new WeakMap<object, { id: string; bytes: Buffer }>()

function frame(event: unknown): Buffer {
  const [id, data] = isTrackedEnvelope(event) ? event : ['', event]
  const key = typeof data === 'object' ? data : null
  const known = key && frames.get(key)
  if (known && known.id === id) return known.bytes
  const bytes = Buffer.from(`${id && `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
  if (key) frames.set(key, { id, bytes })
  return bytes
}

/** Resolves once a reader who was too slow has caught up, or has gone. */
function drained(outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off('drain', settle)
      signal.removeEventListener('abort', settle)
      resolve()
    }
    outgoing.on('drain', settle)
    signal.addEventListener('abort', settle)
  })
}

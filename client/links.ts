import {
  httpBatchStreamLink,
  httpSubscriptionLink,
  loggerLink,
  type Operation,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import { EventSource } from 'eventsource'
import { systemClock } from '#shared/clock.ts'
import { BATCH_LIMIT } from '#shared/limits.ts'
import type { AnyTRPCRouter } from '#shared/router.ts'
import { trpcFetch } from './auth/foreign-answer.ts'
import { authorize } from './auth/lease.ts'
import { refreshingAuthLink } from './auth/refreshing-auth-link.ts'
import { type StreamWorld, streamFetch } from './auth/stream-fetch.ts'
import type { TokenKeeper } from './auth/token-keeper.ts'

/** A batch holds operations of at most so many characters each: under 1 MB as UTF-8 text. */
const BATCH_ITEM_LENGTH = 3_000
/** The names of a batch stand in its URL; servers and proxies take about 8 KB. */
const BATCH_URL_LENGTH = 6_000

export interface LinkOptions extends Partial<StreamWorld> {
  /** Where the API is, as `/trpc` in a page and `http://127.0.0.1:3000/trpc` in a tool. */
  url: string
  keeper: TokenKeeper
  /** Told of each operation in one line, without what it carries; left out, nothing is. */
  log?: (line: string) => void
}

/** Operations with this context go out as they are, before anyone has signed in: `{ context: PUBLIC }`. */
export const PUBLIC = { public: true }

/** The chain from a call to the network, for a page and for a tool alike. */
export function sessionLinks<TRouter extends AnyTRPCRouter>(options: LinkOptions): TRPCLink<TRouter>[] {
  const { url, keeper, log, clock = systemClock, random = Math.random, fetch = globalThis.fetch } = options
  const http = {
    url,
    fetch: trpcFetch(fetch),
    // A query as GET would show what was searched for in URLs, and overrun the request line.
    methodOverride: 'POST' as const,
    maxURLLength: BATCH_URL_LENGTH,
  }
  // Read once: it takes 50 µs. The server keeps the one it is told at a person's first call, to count their days in it.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const authorized = {
    ...http,
    headers: ({ opList }: { opList: Operation[] }) => ({ ...authorize(opList, clock), 'x-time-zone': timeZone }),
  }
  const links: TRPCLink<AnyTRPCRouter>[] = [
    ...(log ? [loggerLink({ logger: (entry) => log(describe(entry)) })] : []),
    splitLink({
      condition: ({ context }) => context.public === true,
      true: httpBatchStreamLink(http),
      false: [
        refreshingAuthLink(keeper),
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({
            url,
            EventSource,
            eventSourceOptions: ({ op }) => ({ fetch: streamFetch(op, { fetch, clock, random }) }),
          }),
          false: splitLink({
            condition: ({ input }) => lengthOf(input) <= BATCH_ITEM_LENGTH,
            true: httpBatchStreamLink({ ...authorized, maxItems: BATCH_LIMIT }),
            false: httpBatchStreamLink({ ...authorized, maxItems: 1 }),
          }),
        }),
      ],
    }),
  ]
  // The links hold nothing of the router but its type.
  return links as unknown as TRPCLink<TRouter>[]
}

function lengthOf(input: unknown): number {
  return input === undefined ? 0 : JSON.stringify(input).length
}

type LogEntry = { direction: 'up' | 'down'; type: string; path: string; elapsedMs?: number; result?: unknown }

function describe({ direction, type, path, elapsedMs, result }: LogEntry): string {
  if (direction === 'up') return `>> ${type} ${path}`
  return `<< ${type} ${path} ${result instanceof Error ? 'failed' : 'ok'} ${elapsedMs} ms`
}

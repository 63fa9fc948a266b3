import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createTRPCClient } from '@trpc/client'
import { TRPCError, tracked } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import express from 'express'
import { z } from 'zod'
import type { TokenKeeper } from '#client/auth/token-keeper.ts'
import { sessionLinks } from '#client/links.ts'
import type { Context } from '#server/context.ts'
import { close, listen } from '#server/http/listen.ts'
import type { Identified } from '#server/identity/identity.ts'
import { protectedProcedure, publicProcedure, router } from '#server/trpc.ts'
import type { AuthReason } from '#shared/session.ts'
import type { FakeClock } from '../clock.ts'
import { Gate } from '../gate.ts'
import { claims } from './provider.ts'

const text = z.object({ text: z.string() })

/** What reached a resolver. */
export interface Call {
  path: string
  user: string
  text?: string
}

/** The server's side of a test: what it saw, and how it is to misbehave. */
export class Backend {
  clockError = 0
  readonly calls: Call[] = []
  /** How often a caller was checked, and how often refused. */
  checked = 0
  refused = 0
  /** The Authorization header of every HTTP request, in order. */
  readonly tokens: (string | null)[] = []
  /** Answers a request in the server's place, as a gateway would; true when it did. */
  gateway: (req: IncomingMessage, res: ServerResponse) => boolean = () => false
  /** A reason to refuse this token, whatever it says. */
  refuse: (token: string) => AuthReason | undefined = () => undefined
  /** What `watch` tells: event n is its n-th entry. */
  readonly feed: string[] = []
  #fed = new Gate()
  readonly #gates = new Map<string, Gate>()
  readonly #clock: FakeClock

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  get requests(): number {
    return this.tokens.length
  }

  tell(...events: string[]): void {
    this.feed.push(...events)
    this.#fed.open()
    this.#fed = new Gate()
  }

  /** Lets the slow call of this name answer. */
  open(name: string): void {
    this.gate(name).open()
  }

  gate(name: string): Gate {
    const gate = this.#gates.get(name) ?? new Gate()
    this.#gates.set(name, gate)
    return gate
  }

  async *follow(from: number, signal: AbortSignal): AsyncGenerator<[number, string]> {
    const gone = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    for (let n = from; !signal.aborted; ) {
      const event = this.feed[n]
      if (event === undefined) await Promise.race([this.#fed.passed, gone])
      else if (event === 'end') return
      else {
        n += 1
        yield [n, event]
      }
    }
  }

  identify(header: string | null): Identified {
    this.checked += 1
    const reason = this.#fault(header)
    if (reason) {
      this.refused += 1
      return { state: 'nobody', reason }
    }
    const id = userOf(header ?? '')
    return { state: 'user', user: { id, email: null, name: null, timeZone: 'UTC', locale: 'en', createdAt: '' } }
  }

  #fault(header: string | null): AuthReason | undefined {
    if (!header) return 'missing'
    const token = header.slice('Bearer '.length)
    const expired = claims(token).exp * 1000 <= this.#clock.truth + this.clockError
    return this.refuse(token) ?? (expired ? 'expired' : undefined)
  }
}

/** Whose token an Authorization header carries. */
export function userOf(header: string): string {
  return claims(header).sub
}

function routerOf(backend: Backend) {
  const saw = (path: string, user: string, said?: string) => backend.calls.push({ path, user, text: said })
  return router({
    config: publicProcedure.query(() => 'open to all'),
    echo: protectedProcedure.input(text).query(({ ctx, input }) => {
      saw('echo', ctx.userId, input.text)
      return { text: input.text, user: ctx.userId }
    }),
    slow: protectedProcedure.input(text).query(async ({ ctx, input }) => {
      saw('slow', ctx.userId, input.text)
      await backend.gate(input.text).passed
      return input.text
    }),
    nothing: protectedProcedure.query(() => null),
    parts: protectedProcedure.query(({ ctx }) => {
      saw('parts', ctx.userId)
      return { now: null, later: backend.gate('later').passed.then(() => null) }
    }),
    add: protectedProcedure.input(text).mutation(({ ctx, input }) => {
      saw('add', ctx.userId, input.text)
      return input.text
    }),
    forbidden: protectedProcedure.query(() => {
      throw new TRPCError({ code: 'FORBIDDEN' })
    }),
    unavailable: protectedProcedure.query(() => {
      throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' })
    }),
    innerRefusal: protectedProcedure.mutation(({ ctx }) => {
      saw('innerRefusal', ctx.userId)
      throw new TRPCError({ code: 'UNAUTHORIZED', message: 'The vault is locked' })
    }),
    watch: protectedProcedure.input(z.object({ lastEventId: z.string().nullish() })).subscription(async function* ({
      ctx,
      input,
      signal,
    }) {
      saw('watch', ctx.userId, input.lastEventId ?? undefined)
      for await (const [n, event] of backend.follow(Number(input.lastEventId ?? 0), signal ?? ctx.signal)) {
        yield tracked(String(n), event)
      }
    }),
  })
}

export type TestRouter = ReturnType<typeof routerOf>

/** Each call of a batch has its caller checked for itself, so that a test can refuse one of them. */
class PerCall implements Context {
  readonly deps = {} as never
  readonly signal: AbortSignal
  readonly #check: () => Identified

  constructor(backend: Backend, request: Request) {
    this.signal = request.signal
    this.#check = () => backend.identify(request.headers.get('authorization'))
  }

  get caller(): Identified {
    return this.#check()
  }
}

/** The real procedures of the real server behind its own HTTP stack, on a free port, until `stop`. */
export async function startApi(clock: FakeClock, sse: { maxDurationMs?: number } = {}) {
  const backend = new Backend(clock)
  const plain = routerOf(backend)
  const aged = { ...plain, _def: { ...plain._def, _config: { ...plain._def._config, sse } } }
  const app = express()
  app.use((req, res, next) => {
    backend.tokens.push(req.headers.authorization ?? null)
    if (!backend.gateway(req, res)) next()
  })
  const listener = getRequestListener((request) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      req: request,
      router: aged,
      allowMethodOverride: true,
      createContext: () => new PerCall(backend, request),
    }),
  )
  app.all('/trpc/{*path}', (req, res, next) => void listener(req, res).catch(next))
  const server = createServer(app)
  const url = await listen(server, { host: '127.0.0.1', port: 0 })
  const stop = () => {
    server.closeAllConnections()
    return close(server, 0)
  }
  return { backend, server, url: `${url}/trpc`, stop }
}

/** A client as a page has it. */
export function connect(keeper: TokenKeeper, clock: FakeClock, url: string, fetch = globalThis.fetch) {
  return createTRPCClient<TestRouter>({
    links: sessionLinks<TestRouter>({ url, keeper, clock, random: () => 0, fetch }),
  })
}

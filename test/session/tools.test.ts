import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createMonetaClient, sessionProblemOf } from 'moneta/client'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { close, listen } from '#server/http/listen.ts'
import { FakeClock } from '../clock.ts'
import { Provider } from './provider.ts'

/** A server with one procedure and a way to trade a credential for a token; it writes down what it is asked. */
async function startServer() {
  const seen: string[] = []
  const provider = new Provider(Object.assign(new FakeClock(), { truth: Date.now() }))
  const t = initTRPC.context<{ token: string | null }>().create()
  const search = t.procedure.input(z.object({ query: z.string() })).query(({ ctx, input }) => {
    return { query: input.query, signedIn: ctx.token === `Bearer ${provider.made.at(-1)?.value}` }
  })
  const router = t.router({ memory: t.router({ search }) })
  const server = createServer(
    getRequestListener(async (req) => {
      const { pathname } = new URL(req.url)
      seen.push(`${pathname} ${req.headers.has('authorization') ? 'with' : 'without'} a token`)
      if (pathname === '/mint') return new Response(provider.make('ann', 'ann-1'))
      const createContext = () => ({ token: req.headers.get('authorization') })
      return fetchRequestHandler({ endpoint: '/trpc', req, router, allowMethodOverride: true, createContext })
    }),
  )
  const url = await listen(server, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => close(server, 0))
  return { url, seen }
}

test('a tool is answered and its process exits, though a refresh is scheduled', async () => {
  const { url, seen } = await startServer()
  const tool = join(import.meta.dirname, 'fixtures/tool.ts')
  const env = { ...process.env, URL: url, CREDENTIAL: 'a stored credential' }

  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', tool], { env, timeout: 20_000 })

  expect(JSON.parse(stdout)).toEqual({ query: 'tea', signedIn: true })
  expect(seen).toEqual(['/mint without a token', '/trpc/memory.search with a token'])
}, 30_000)

test('a tool whose credential is no longer good is told so, and asks no more', async () => {
  let minted = 0
  const { moneta, keeper, close } = createMonetaClient({
    url: 'http://127.0.0.1:9',
    mint: async () => {
      minted += 1
      return null
    },
  })
  onTestFinished(close)

  for (const query of ['tea', 'coffee']) {
    const error = await moneta.memory.search.query({ query }).catch((reason: unknown) => reason)
    expect(sessionProblemOf(error)).toBe('ended')
  }

  expect(minted).toBe(1)
  expect(keeper.state().status).toBe('ended')
})

test('neither React nor Clerk is behind moneta/client', () => {
  const root = join(import.meta.dirname, '../..')
  const packages = new Set<string>()
  const read = new Set<string>()
  const follow = (file: string) => {
    if (read.has(file)) return
    read.add(file)
    for (const [, typeOnly, from = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:im|ex)port (type )?.*?from '(.+?)'/gms,
    )) {
      if (typeOnly) continue
      if (from.startsWith('.')) follow(join(dirname(file), from))
      else if (from.startsWith('#')) follow(join(root, from.slice(1)))
      else packages.add(from)
    }
  }
  follow(join(root, 'client/tooling/index.ts'))

  expect([...packages].sort()).toEqual(['@trpc/client', '@trpc/server/observable', 'eventsource'])
})

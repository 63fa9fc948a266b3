import type { ServerResponse } from 'node:http'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { expect, test } from 'vitest'
import { trpcFetch } from '#client/auth/foreign-answer.ts'
import { authorize } from '#client/auth/lease.ts'
import { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
import type { TestRouter } from './api.ts'
import { outcome, setScene, until } from './scene.ts'

function page(res: ServerResponse, status: number, type = 'text/html'): true {
  res
    .writeHead(status, { 'content-type': type })
    .end(type === 'text/html' ? '<h1>Who are you?</h1>' : '{"message":"No"}')
  return true
}

/** The first request after the scene was set meets a gateway that says 401. */
async function gatedScene(type?: string) {
  const scene = await setScene()
  await scene.client.echo.query({ text: 'first' })
  await scene.clock.step(15_000)
  const spoilt = scene.backend.tokens[0]
  scene.backend.gateway = (req, res) => req.headers.authorization === spoilt && page(res, 401, type)
  return scene
}

test.each(['text/html', 'application/json'])(
  'a 401 as %s from a gateway is refreshed and replayed, in a stream',
  async (type) => {
    const { backend, client, provider } = await gatedScene(type)

    expect(await client.add.mutate({ text: 'once' })).toBe('once')

    expect(provider.granted).toBe(2)
    expect(backend.calls).toHaveLength(2)
  },
)

test('an HTML 401 from a gateway is refreshed and replayed, in a plain batch', async () => {
  const { clock, keeper, provider, url } = await gatedScene()
  const http = { url, fetch: trpcFetch(fetch), methodOverride: 'POST' as const }
  const client = createTRPCClient<TestRouter>({
    links: [refreshingAuthLink(keeper), httpBatchLink({ ...http, headers: ({ opList }) => authorize(opList, clock) })],
  })

  const both = await Promise.all([client.echo.query({ text: 'a' }), client.echo.query({ text: 'b' })])

  expect(both.map(({ text }) => text)).toEqual(['a', 'b'])
  expect(provider.granted).toBe(2)
})

test('an HTML 401 from a gateway is refreshed and replayed, in a subscription', async () => {
  const { backend, client, provider } = await gatedScene()
  const seen: string[] = []
  const stream = client.watch.subscribe({}, { onData: ({ data }) => seen.push(data) })
  backend.tell('one')

  await until(() => expect(seen).toEqual(['one']))

  expect(provider.granted).toBe(2)
  expect(backend.requests).toBe(3)
  stream.unsubscribe()
})

test('a gateway that goes on saying 401 signs nobody out and causes no storm of refreshes', async () => {
  const { backend, client, count, keeper, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.gateway = (_req, res) => page(res, 401)

  for (const text of ['a', 'b', 'c', 'd']) expect(await outcome(client.add.mutate({ text }))).toBe('gateway')

  expect(provider.granted).toBeLessThanOrEqual(2)
  expect(count('ended')).toBe(0)
  expect(keeper.state()).toMatchObject({ status: 'reconnecting', problem: 'gateway' })
})

test('a header lost on the way is nobody’s sign-out', async () => {
  const { backend, client, count } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = () => 'missing'

  expect(await outcome(client.echo.query({ text: 'lost' }))).toBe('gateway')

  expect(count('ended')).toBe(0)
})

test.each([
  [502, /not available just now \(HTTP 502\)/],
  [413, /too large/],
  [200, /between you and the server/],
])('a page with status %i in place of an answer fails in plain words, without a refresh', async (status, words) => {
  const { backend, client, count, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.gateway = (_req, res) => page(res, status)

  await expect(client.echo.query({ text: 'a' })).rejects.toThrow(words)

  expect(provider.granted).toBe(1)
  expect(count('ended')).toBe(0)
})

test.each(['application/json', 'application/json; charset=utf-8', 'application/problem+json'])(
  'an answer of type %s is the server’s',
  async (type) => {
    const answer = new Response('[]', { headers: { 'content-type': type } })

    expect(await trpcFetch(async () => answer)('http://127.0.0.1/')).toBe(answer)
  },
)

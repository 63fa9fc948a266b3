import {
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import { EventSource } from 'eventsource'
import { describe, expect, test } from 'vitest'
import { admission } from '#client/auth/applicant.ts'
import { authorize } from '#client/auth/lease.ts'
import { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
import { streamFetch } from '#client/auth/stream-fetch.ts'
import type { TestRouter } from './api.ts'
import { outcome, setScene, until } from './scene.ts'

type Scene = Awaited<ReturnType<typeof setScene>>

/** tRPC's own terminal links, alone with a header that never changes, or below the link under test. */
async function connected(chain: 'alone' | 'below ours', terminal: 'batch' | 'stream', maxItems = 100) {
  const scene = await setScene()
  await admission(scene.keeper)
  const links = chain === 'alone' ? alone(scene, terminal, maxItems) : belowOurs(scene, terminal, maxItems)
  return { ...scene, client: createTRPCClient<TestRouter>({ links }) }
}

function alone({ provider, url }: Scene, terminal: 'batch' | 'stream', maxItems: number): TRPCLink<TestRouter>[] {
  const headers = { authorization: `Bearer ${provider.made.at(-1)?.value}` }
  const http = { url, headers, maxItems, methodOverride: 'POST' as const }
  const fetchStream: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, ...headers } })
  return [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url, EventSource, eventSourceOptions: { fetch: fetchStream as never } }),
      false: terminal === 'batch' ? httpBatchLink(http) : httpBatchStreamLink(http),
    }),
  ]
}

function belowOurs(
  { keeper, clock, url }: Scene,
  terminal: 'batch' | 'stream',
  maxItems: number,
): TRPCLink<TestRouter>[] {
  const headers: NonNullable<Parameters<typeof httpBatchLink<TestRouter>>[0]['headers']> = ({ opList }) =>
    authorize(opList, clock)
  const http = { url, headers, maxItems, methodOverride: 'POST' as const }
  const streams = { fetch, clock, random: () => 0 }
  return [
    refreshingAuthLink(keeper),
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({
        url,
        EventSource,
        eventSourceOptions: ({ op }) => ({ fetch: streamFetch(op, streams) }),
      }),
      false: terminal === 'batch' ? httpBatchLink(http) : httpBatchStreamLink(http),
    }),
  ]
}

describe.each(['alone', 'below ours'] as const)('tRPC’s links %s', (chain) => {
  describe.each(['batch', 'stream'] as const)('as a %s', (terminal) => {
    test('send the calls of one moment in one request, and no more of them than allowed', async () => {
      const { backend, client } = await connected(chain, terminal, 4)

      const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((text) => client.echo.query({ text })))

      expect(answers.map(({ text }) => text).join('')).toBe('abcdef')
      expect(backend.requests).toBe(2)
    })

    test('carry null, and text in every script, unchanged', async () => {
      const { client } = await connected(chain, terminal)
      const text = 'naïve façade, 記憶, ذاكرة, 🪙, \u2028 and \0'

      expect(await client.nothing.query()).toBeNull()
      expect(await client.add.mutate({ text })).toBe(text)
    })

    test('fail every call of a batch that is answered 413, and none after it', async () => {
      const { backend, client } = await connected(chain, terminal)
      backend.gateway = (_req, res) => {
        backend.gateway = () => false
        res.writeHead(413, { 'content-type': 'application/json' })
        res.end(JSON.stringify({ error: { message: 'Too large', code: -32600, data: { code: 'PAYLOAD_TOO_LARGE' } } }))
        return true
      }

      const calls = ['a', 'b'].map((text) => outcome(client.add.mutate({ text })))

      expect(await Promise.all(calls)).toEqual(['PAYLOAD_TOO_LARGE', 'PAYLOAD_TOO_LARGE'])
      expect(await client.add.mutate({ text: 'c' })).toBe('c')
    })

    test('abort the request when all its calls are aborted, and only then', async () => {
      const { backend, client } = await connected(chain, terminal)
      const [first, second] = [new AbortController(), new AbortController()]
      let closed = false
      backend.gateway = (_req, res) => {
        res.on('close', () => {
          closed = !res.writableFinished
        })
        return false
      }
      const one = outcome(client.slow.query({ text: 'one' }, { signal: first.signal }))
      const two = outcome(client.slow.query({ text: 'two' }, { signal: second.signal }))
      await until(() => expect(backend.calls).toHaveLength(2))
      first.abort()
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(closed).toBe(false)

      second.abort()

      expect(await one).toMatch(/abort/i)
      expect(await two).toMatch(/abort/i)
      await until(() => expect(closed).toBe(true))
      backend.open('one')
      backend.open('two')
    })

    test('fail what is unanswered when the connection breaks', async () => {
      const { backend, client, server } = await connected(chain, terminal)
      const call = outcome(client.slow.query({ text: 'slow' }))
      await until(() => expect(backend.calls).toHaveLength(1))

      server.closeAllConnections()

      expect(await call).not.toBe('answered')
      backend.open('slow')
      expect(await client.add.mutate({ text: 'next' })).toBe('next')
    })
  })

  test('answer a quick call of a stream before its slow neighbour, also within one answer', async () => {
    const { backend, client } = await connected(chain, 'stream')
    const slow = client.slow.query({ text: 'slow' })
    const parts = await client.parts.query()
    expect(parts.now).toBeNull()

    backend.open('later')

    expect(await parts.later).toBeNull()
    backend.open('slow')
    expect(await slow).toBe('slow')
  })

  test('keep what a broken stream had already answered', async () => {
    const { backend, client, server } = await connected(chain, 'stream')
    const slow = outcome(client.slow.query({ text: 'slow' }))
    expect(await client.echo.query({ text: 'quick' })).toMatchObject({ text: 'quick' })

    server.closeAllConnections()

    expect(await slow).not.toBe('answered')
    backend.open('slow')
  })

  test('resume a subscription after its last event, and complete it when the server says so', async () => {
    const { backend, client, clock, server } = await connected(chain, 'stream')
    const told: string[] = []
    const completed = new Promise<void>((resolve, reject) => {
      const onData = ({ id, data }: { id: string; data: string }) => told.push(`${id}:${data}`)
      client.watch.subscribe({}, { onData, onComplete: resolve, onError: reject })
    })
    backend.tell('a', 'b')
    await until(() => expect(told).toHaveLength(2))
    server.closeAllConnections()
    backend.tell('c', 'end')

    await until(() => expect(told).toHaveLength(3), clock)
    await completed

    expect(told).toEqual(['1:a', '2:b', '3:c'])
  })

  test('close the connection of a subscription that is given up, and tell it nothing more', async () => {
    const { backend, client } = await connected(chain, 'stream')
    let closed = false
    backend.gateway = (req) => {
      req.on('close', () => {
        closed = true
      })
      return false
    }
    const told: string[] = []
    const stream = client.watch.subscribe(
      {},
      { onData: ({ data }) => told.push(data), onComplete: () => told.push('!') },
    )
    backend.tell('a')
    await until(() => expect(told).toEqual(['a']))

    stream.unsubscribe()

    await until(() => expect(closed).toBe(true))
    backend.tell('b')
    expect(told.filter((entry) => entry !== '!')).toEqual(['a'])
  })
})

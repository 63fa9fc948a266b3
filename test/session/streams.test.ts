import { expect, test } from 'vitest'
import { admission } from '#client/auth/applicant.ts'
import { outcome, setScene, until } from './scene.ts'

type Scene = Awaited<ReturnType<typeof setScene>>

/** Subscribes, and writes down everything the subscriber is told. */
function listen({ client }: Scene) {
  const told = { data: [] as string[], started: 0, completed: 0, errors: [] as string[] }
  const stream = client.watch.subscribe(
    {},
    {
      onData: ({ data }) => told.data.push(data),
      onStarted: () => told.started++,
      onComplete: () => told.completed++,
      onError: (error) => told.errors.push(error.message),
    },
  )
  return { told, stop: () => stream.unsubscribe() }
}

test('a stream cut by the network resumes at the last event it had, each event exactly once', async () => {
  const scene = await setScene()
  const { backend, clock, provider, server } = scene
  const { told, stop } = listen(scene)
  backend.tell('1', '2', '3')
  await until(() => expect(told.data).toHaveLength(3))

  server.closeAllConnections()
  backend.tell('4', '5')
  await until(() => expect(told.data).toHaveLength(5), clock)

  expect(told.data).toEqual(['1', '2', '3', '4', '5'])
  expect(backend.calls.map(({ text }) => text)).toEqual([undefined, '3'])
  expect(provider.granted).toBe(1)
  expect(told).toMatchObject({ completed: 0, errors: [] })
  stop()
})

test('a stream cut with its token spent costs one refresh, and resumes with each event exactly once', async () => {
  const scene = await setScene()
  const { backend, clock, provider, server } = scene
  const { told, stop } = listen(scene)
  backend.tell('1', '2', '3')
  await until(() => expect(told.data).toHaveLength(3))

  clock.stall(61_000)
  server.closeAllConnections()
  backend.tell('4', '5')
  await until(() => expect(told.data).toHaveLength(5), clock)

  expect(told.data).toEqual(['1', '2', '3', '4', '5'])
  expect(provider.granted).toBe(2)
  expect(backend.refused).toBe(0)
  stop()
})

test('a stream refused when it reconnects is replayed with a fresh token from its last event on', async () => {
  const scene = await setScene()
  const { backend, clock, provider, server } = scene
  const { told, stop } = listen(scene)
  backend.tell('1', '2')
  await until(() => expect(told.data).toHaveLength(2))
  const spoilt = provider.made[0]?.value
  backend.refuse = (token) => (token === spoilt ? 'invalid' : undefined)

  server.closeAllConnections()
  backend.tell('3')
  await until(() => expect(told.data).toHaveLength(3), clock)

  expect(told.data).toEqual(['1', '2', '3'])
  expect(provider.granted).toBe(2)
  expect(told).toMatchObject({ completed: 0, errors: [] })
  stop()
})

test('a stream refused for good makes exactly two connections, then ends, though each one starts', async () => {
  const scene = await setScene()
  const { backend, clock, count, keeper } = scene
  await admission(keeper)
  backend.refuse = () => 'revoked'

  const { told } = listen(scene)
  await until(() => expect(told.errors).toHaveLength(1), clock)
  await clock.step(60_000)

  expect(backend.requests).toBe(2)
  expect(told.started).toBe(2)
  expect(told.errors[0]).toMatch(/session has ended/)
  expect(count('ended')).toBe(1)
})

test('every stretch of data gives a stream its replay back', async () => {
  const scene = await setScene()
  const { backend, clock, provider, server } = scene
  const { told, stop } = listen(scene)
  for (const n of [1, 2, 3]) {
    backend.tell(`${n}`)
    await until(() => expect(told.data).toHaveLength(n), clock)
    const spoilt = provider.made.at(-1)?.value
    await clock.step(1_000)
    backend.refuse = (token) => (token === spoilt ? 'invalid' : undefined)
    server.closeAllConnections()
  }
  backend.tell('4')
  await until(() => expect(told.data).toEqual(['1', '2', '3', '4']), clock)

  expect(provider.granted).toBe(4)
  expect(told).toMatchObject({ completed: 0, errors: [] })
  stop()
})

test('a stream that the server ends at its maximum age in mid-answer gives one whole answer', async () => {
  const scene = await setScene({ sse: { maxDurationMs: 150 } })
  const { backend, clock } = scene
  const { told } = listen(scene)
  const words = 'a reply that takes longer to write than any one stream may live'.split(' ')

  for (const word of words) {
    backend.tell(word)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  backend.tell('end')
  await until(() => expect(told.completed).toBe(1), clock)

  expect(told.data).toEqual(words)
  expect(backend.calls.length).toBeGreaterThan(1)
  expect(told.errors).toEqual([])
})

test('a stream outlives a server that is away for a while', async () => {
  const scene = await setScene()
  const { backend, clock, server } = scene
  const { told, stop } = listen(scene)
  backend.tell('1')
  await until(() => expect(told.data).toHaveLength(1))
  let away = 3
  backend.gateway = (_req, res) => {
    if (away-- > 0) res.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Back soon</h1>')
    return away >= 0
  }

  server.closeAllConnections()
  backend.tell('2')
  await until(() => expect(told.data).toEqual(['1', '2']), clock, 1_000)

  expect(told).toMatchObject({ completed: 0, errors: [] })
  stop()
})

test('a stream does not go on trying once the session has ended', async () => {
  const scene = await setScene()
  const { backend, client, clock, server } = scene
  const { told } = listen(scene)
  backend.tell('1')
  await until(() => expect(told.data).toHaveLength(1))
  scene.provider.signOut = async () => Promise.reject(new Error('no network'))
  backend.refuse = () => 'revoked'
  expect(await outcome(client.echo.query({ text: 'x' }))).toBe('ended')
  const requests = backend.requests

  server.closeAllConnections()
  await until(() => expect(told.errors).toHaveLength(1), clock)

  expect(backend.requests).toBe(requests)
  expect(told.errors[0]).toMatch(/session has ended/)
})

test('no token is ever in a URL', async () => {
  const scene = await setScene()
  const urls: string[] = []
  scene.backend.gateway = (req) => {
    urls.push(req.url ?? '')
    return false
  }
  const { told, stop } = listen(scene)
  scene.backend.tell('1')
  await until(() => expect(told.data).toHaveLength(1))
  await scene.client.echo.query({ text: 'what I search for' })
  stop()

  expect(urls).toHaveLength(2)
  for (const url of urls) expect(url).not.toMatch(/eyJ|search for|what%20I/)
})

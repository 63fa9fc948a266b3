import { expect, test } from 'vitest'
import { outcome, setScene, until } from './scene.ts'

/** A scene whose token is spent, and whose provider does not answer. */
async function waitingScene() {
  const scene = await setScene()
  await scene.client.echo.query({ text: 'first' })
  scene.provider.next.push('hang')
  scene.clock.stall(61_000)
  return scene
}

test('an operation aborted while it waits settles at once, and never runs', async () => {
  const { backend, client, clock, provider } = await waitingScene()
  const stop = new AbortController()
  const call = client.add.mutate({ text: 'unwanted' }, { signal: stop.signal })
  await until(() => expect(provider.asked).toBe(2))

  stop.abort()

  await expect(call).rejects.toMatchObject({ cause: { name: 'AbortError' } })
  await clock.step(30_000)
  expect(await outcome(client.echo.query({ text: 'wanted' }))).toBe('answered')
  expect(backend.calls.map(({ text }) => text)).toEqual(['first', 'wanted'])
})

test('a subscription given up while it waits never connects', async () => {
  const { backend, client, clock } = await waitingScene()
  const seen: string[] = []
  const stream = client.watch.subscribe({}, { onData: () => seen.push('data'), onError: () => seen.push('error') })

  stream.unsubscribe()

  await clock.step(30_000)
  expect(await outcome(client.echo.query({ text: 'wanted' }))).toBe('answered')
  expect(backend.requests).toBe(2)
  expect(seen).toEqual([])
})

test('a subscription aborted by its signal while it waits completes', async () => {
  const { client } = await waitingScene()
  const stop = new AbortController()
  const ended = new Promise<void>((resolve, reject) => {
    client.watch.subscribe({}, { signal: stop.signal, onComplete: resolve, onError: reject })
  })

  stop.abort()

  await ended
})

test('an operation aborted during a replay’s refresh settles at once and is not sent again', async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = () => 'invalid'
  provider.next.push('hang')
  const stop = new AbortController()
  const call = outcome(client.add.mutate({ text: 'unwanted' }, { signal: stop.signal }))
  await until(() => expect(provider.asked).toBe(2))

  stop.abort()

  expect(await call).toMatch(/abort/i)
  backend.refuse = () => undefined
  await clock.step(30_000)
  expect(backend.calls.map(({ text }) => text)).toEqual(['first'])
})

test('a signal already aborted costs neither a refresh nor a request', async () => {
  const { backend, client, provider, tab } = await setScene()
  await client.echo.query({ text: 'first' })
  tab.hide()

  expect(await outcome(client.add.mutate({ text: 'no' }, { signal: AbortSignal.abort() }))).toMatch(/abort/i)

  expect(provider.asked).toBe(1)
  expect(backend.requests).toBe(1)
})

test('an operation aborted in the moment before its batch leaves is left out of it', async () => {
  const { backend, client } = await setScene()
  await client.echo.query({ text: 'first' })
  const stop = new AbortController()
  const unwanted = outcome(client.add.mutate({ text: 'unwanted' }, { signal: stop.signal }))
  const wanted = client.add.mutate({ text: 'wanted' })

  stop.abort()

  expect(await unwanted).toMatch(/abort/i)
  expect(await wanted).toBe('wanted')
  expect(backend.calls.map(({ text }) => text)).toEqual(['first', 'wanted'])
})

test('a thousand operations that wait share one timer, and leave nothing behind', async () => {
  const { client, clock, provider } = await waitingScene()
  const stops = Array.from({ length: 1_000 }, () => new AbortController())
  const calls = stops.map(({ signal }) => outcome(client.echo.query({ text: 'x' }, { signal })))
  await until(() => expect(provider.asked).toBe(2))
  const [theirs, ofTheRefresh] = [1, 1]
  expect(clock.pending).toBe(theirs + ofTheRefresh)

  for (const stop of stops) stop.abort()
  await Promise.all(calls)

  expect(clock.pending).toBe(ofTheRefresh)
})

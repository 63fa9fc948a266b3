import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { slowDown, unavailable } from './provider.ts'
import { outcome, setScene, until } from './scene.ts'

const numbers = (length: number) => Array.from({ length }, (_, n) => `${n}`)

test('200 concurrent queries on an expired token cost one refresh and at most two extra requests', async () => {
  const { backend, client, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const spoilt = provider.made[0]?.value
  backend.refuse = (token) => (token === spoilt ? 'expired' : undefined)

  const answers = await Promise.all(numbers(200).map((text) => client.echo.query({ text })))

  expect(answers.map((answer) => answer.text)).toEqual(numbers(200))
  expect(provider.granted).toBe(2)
  expect(backend.requests - 1).toBeLessThanOrEqual(2 + 2)
  expect(backend.calls).toHaveLength(201)
})

test('a 401 that arrives after another operation already refreshed is replayed with that token', async () => {
  const { backend, client, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  const spoilt = provider.made[0]?.value
  backend.refuse = (token) => (token === spoilt ? 'invalid' : undefined)
  const held = wire.holdNext()
  const late = client.echo.query({ text: 'late' })
  await until(() => expect(backend.refused).toBe(1))
  await client.echo.query({ text: 'early' })
  expect(provider.granted).toBe(2)

  held.open()

  expect(await late).toEqual({ text: 'late', user: 'ann' })
  expect(provider.asked).toBe(2)
})

test('late 401s after a failed refresh share its pause and the one attempt after it', async () => {
  const { backend, client, clock, count, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = (token) => (token === provider.made[0]?.value ? 'invalid' : undefined)
  provider.next.push(unavailable)
  const gates = numbers(5).map(() => wire.holdNext())
  const late = []
  for (const text of numbers(5)) {
    late.push(outcome(client.echo.query({ text })))
    await until(() => expect(backend.refused).toBe(late.length))
  }
  gates[0]?.open()
  await until(() => expect(count('refresh-failed')).toBe(1))
  for (const gate of gates) gate.open()
  await until(() => expect(backend.refused).toBe(5))
  expect(provider.asked).toBe(2)

  await until(() => expect(backend.calls).toHaveLength(6), clock)

  expect(await Promise.all(late)).toEqual(numbers(5).map(() => 'answered'))
  expect(provider.asked).toBe(3)
})

test('late 401s during a pause longer than anyone waits are answered at once, without a refresh', async () => {
  const { backend, client, count, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = () => 'invalid'
  provider.next.push(slowDown(60))
  const held = wire.holdNext()
  const late = outcome(client.echo.query({ text: 'late' }))
  await until(() => expect(backend.refused).toBe(1))
  expect(await outcome(client.echo.query({ text: 'early' }))).toBe('unavailable')

  held.open()

  expect(await late).toBe('unavailable')
  expect(provider.asked).toBe(2)
  expect(count('ended')).toBe(0)
})

test('a refresh that returns the same token ends in a plain failure: no replay, no sign-out', async () => {
  const { backend, client, clock, count, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = () => 'invalid'
  provider.always = 'same'
  const call = outcome(client.add.mutate({ text: 'once' }))
  await until(() => expect(count('refresh-failed')).toBe(1))

  await clock.step(10_000)

  expect(await call).toBe('unavailable')
  expect(backend.requests).toBe(2)
  expect(provider.signOuts).toBe(0)
})

test('a refresh that returns a token already expired ends in a plain failure: no replay, no sign-out', async () => {
  const { backend, client, clock, count, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  await clock.step(50_000)
  expect(provider.granted).toBe(2)
  provider.always = 'expired'
  const spoilt = provider.made[1]?.value
  backend.refuse = (token) => (token === spoilt ? 'invalid' : undefined)
  const call = outcome(client.echo.query({ text: 'again' }))
  await until(() => expect(count('refresh-failed')).toBe(1))

  await clock.step(10_000)

  expect(await call).toBe('unavailable')
  expect(backend.requests).toBe(2)
  expect(provider.signOuts).toBe(0)
})

test('of a batch of ten with one refusal only the refused call is made again', async () => {
  const { backend, client, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.checked = 0
  backend.refuse = () => (backend.checked === 4 ? 'invalid' : undefined)

  const answers = await Promise.all(numbers(10).map((text) => client.echo.query({ text })))

  expect(answers.map((answer) => answer.text)).toEqual(numbers(10))
  expect(backend.checked).toBe(11)
  expect(backend.requests).toBe(1 + 2)
  expect(provider.granted).toBe(2)
})

test('a slow call goes on undisturbed while its neighbour in the stream is refused and replayed', async () => {
  const { backend, client } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.checked = 0
  backend.refuse = () => (backend.checked === 2 ? 'invalid' : undefined)

  const slow = client.slow.query({ text: 'slow' })
  expect(await client.echo.query({ text: 'quick' })).toEqual({ text: 'quick', user: 'ann' })
  backend.open('slow')

  expect(await slow).toBe('slow')
  expect(backend.calls.map((call) => call.path)).toEqual(['echo', 'slow', 'echo'])
})

test('retries of the query layer multiply neither refreshes nor sign-outs', async () => {
  const { backend, client, clock, count, provider } = await setScene()
  const queries = new QueryClient({ defaultOptions: { queries: { retry: 3, retryDelay: 0 } } })
  const ask = () => outcome(queries.fetchQuery({ queryKey: [0], queryFn: () => client.echo.query({ text: 'hi' }) }))
  expect(await ask()).toBe('answered')
  queries.clear()
  await clock.step(20_000)
  backend.refuse = () => 'revoked'

  expect(await ask()).toBe('ended')

  expect(provider.granted).toBe(2)
  expect(backend.requests).toBe(1 + 2)
  expect(count('ended')).toBe(1)
})

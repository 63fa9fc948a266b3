import { expect, test } from 'vitest'
import { Gate } from '../gate.ts'
import { noNetwork, slowDown, unavailable } from './provider.ts'
import { outcome, setScene, until } from './scene.ts'

test('a refresh that never settles fails what waits at the deadline, signs nobody out, and may be tried again', async () => {
  const { client, clock, count, keeper, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  provider.next.push('hang')
  clock.stall(61_000)
  const call = outcome(client.echo.query({ text: 'waiting' }))
  await clock.step(7_999)
  expect(keeper.state().status).toBe('refreshing')

  await clock.step(1)

  expect(await call).toBe('unavailable')
  expect(keeper.state().status).toBe('reconnecting')
  expect(provider.signOuts + count('ended')).toBe(0)
  await clock.step(1_000)
  expect(keeper.state().status).toBe('live')
  expect(await outcome(client.echo.query({ text: 'next' }))).toBe('answered')
})

test('a token that arrives after the deadline counts when nothing fresher came', async () => {
  const { client, clock, keeper, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const slow = new Gate()
  provider.next.push(slow.passed, 'hang')
  await clock.step(50_000 + 8_000)
  expect(keeper.state().status).toBe('reconnecting')

  slow.open()
  await clock.step(0)

  expect(provider.granted).toBe(2)
  expect(await outcome(client.echo.query({ text: 'next' }))).toBe('answered')
})

test('a token that arrives late and older than the one held is dropped', async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const slow = new Gate<string>()
  provider.next.push(slow.passed)
  await clock.step(50_000)
  const older = provider.make('ann', 'ann-1')
  await clock.step(8_000 + 1_000)
  const held = provider.made.at(-1)?.value

  slow.open(older)
  await clock.step(0)
  await client.echo.query({ text: 'next' })

  expect(backend.tokens.at(-1)).toBe(`Bearer ${held}`)
})

test('a token still valid keeps serving while it cannot be renewed', async () => {
  const { backend, client, clock, keeper, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  provider.always = unavailable

  await clock.step(58_000)

  expect(keeper.state().status).toBe('reconnecting')
  expect(await outcome(client.echo.query({ text: 'next' }))).toBe('answered')
  expect(backend.refused).toBe(0)
})

test.each(['forbidden', 'unavailable'] as const)('%s costs no refresh and no sign-out', async (name) => {
  const { client, count, provider } = await setScene()

  const expected = { forbidden: 'FORBIDDEN', unavailable: 'SERVICE_UNAVAILABLE' }[name]
  expect(await outcome(client[name].query())).toBe(expected)

  expect(provider.granted).toBe(1)
  expect(provider.signOuts + count('ended') + count('rejected')).toBe(0)
})

test('a server whose clock is an hour ahead signs nobody out and causes no storm of refreshes', async () => {
  const { backend, client, clock, count, keeper, provider } = await setScene()
  backend.clockError = 3_600_000

  for (let n = 0; n < 9; n++) {
    expect(await outcome(client.add.mutate({ text: `${n}` }))).toBe('clock')
    await clock.step(1_000)
  }
  expect(keeper.state()).toMatchObject({ status: 'reconnecting', problem: 'clock' })
  expect(provider.granted).toBeLessThanOrEqual(2)
  expect(provider.signOuts + count('ended')).toBe(0)
  backend.clockError = 0
  expect(await outcome(client.add.mutate({ text: 'ten' }))).toBe('answered')
  expect(keeper.state()).toMatchObject({ status: 'live', problem: null })
})

test("a resolver's own UNAUTHORIZED passes through: the mutation runs once, and the session goes on", async () => {
  const { backend, client, count, provider } = await setScene()

  expect(await outcome(client.innerRefusal.mutate())).toBe('UNAUTHORIZED')

  expect(backend.calls).toHaveLength(1)
  expect(provider.granted).toBe(1)
  expect(count('ended')).toBe(0)
})

test.each([
  ['503', unavailable, 'reconnecting'],
  ['a DNS failure', noNetwork, 'offline'],
  ["a captive portal's page", 'page', 'reconnecting'],
  ['nothing at all', 'hang', 'reconnecting'],
] as const)(
  'when the provider answers %s, attempts thin out, nobody is signed out, and it recovers by itself',
  async (_, answer, status) => {
    const { client, clock, count, keeper, provider } = await setScene({ random: 1 })
    await client.echo.query({ text: 'first' })
    provider.always = answer
    const asked = provider.asked

    await clock.step(50_000 + 300_000)

    expect(keeper.state().status).toBe(status)
    if (answer !== 'hang') expect(keeper.state().retryAt).toBeGreaterThan(clock.now())
    expect(provider.asked - asked).toBeLessThan(16)
    expect(count('refresh-failed')).toBeGreaterThan(7)
    expect(provider.signOuts + count('ended')).toBe(0)
    provider.always = 'new'
    await clock.step(30_000 + 8_000)
    expect(keeper.state()).toMatchObject({ status: 'live', problem: null, retryAt: null })
  },
)

test('pauses between attempts grow to half a minute, and never undercut Retry-After', async () => {
  const { clock, events, provider } = await setScene()
  await clock.step(0)
  provider.next.push(slowDown(42), ...Array<Error>(9).fill(unavailable))

  await clock.step(50_000 + 42_000 + 60_000)

  const pauses = events.flatMap((event) => (event.type === 'refresh-failed' ? event.retryAt - event.at : []))
  expect(pauses[0]).toBe(42_000)
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000)
})

test('offline, operations wait; online again, one refresh serves them all', async () => {
  const { backend, client, clock, keeper, provider, tab } = await setScene()
  await client.echo.query({ text: 'first' })
  provider.always = noNetwork
  tab.disconnect()
  expect(keeper.state().status).toBe('offline')
  await clock.step(120_000)
  const waiting = ['a', 'b', 'c'].map((text) => outcome(client.add.mutate({ text })))
  await clock.step(600_000)
  expect(backend.calls).toHaveLength(1)

  provider.always = 'new'
  tab.connect()
  await until(() => expect(backend.calls).toHaveLength(4))

  expect(await Promise.all(waiting)).toEqual(['answered', 'answered', 'answered'])
  expect(provider.granted).toBe(2)
  expect(backend.refused).toBe(0)
  expect(keeper.state().status).toBe('live')
})

test('offline, nothing is asked for unless an operation waits', async () => {
  const { clock, provider, tab } = await setScene()
  await clock.step(1_000)
  tab.disconnect()

  await clock.step(600_000)

  expect(provider.asked).toBe(1)
})

test('a provider on this very machine is reached although the browser believes to be offline', async () => {
  const { client, clock, keeper, provider, tab } = await setScene()
  await client.echo.query({ text: 'first' })
  tab.disconnect()
  clock.stall(120_000)

  expect(await outcome(client.echo.query({ text: 'next' }))).toBe('answered')

  expect(provider.granted).toBe(2)
  expect(keeper.state().status).toBe('live')
})

test('while somebody waits, attempts are made at least every four seconds, so that none gives up without one', async () => {
  const { client, clock, provider } = await setScene({ random: 1 })
  await client.echo.query({ text: 'first' })
  provider.always = unavailable
  await clock.step(50_000 + 300_000)
  const asked = provider.asked
  const call = outcome(client.echo.query({ text: 'waiting' }))
  await clock.step(4_000)
  expect(provider.asked).toBeGreaterThan(asked)
  provider.always = 'new'

  await clock.step(4_000)

  expect(await call).toBe('answered')
})

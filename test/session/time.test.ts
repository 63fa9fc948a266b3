import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeClock } from '../clock.ts'
import { openTab } from './page.ts'
import { Provider } from './provider.ts'
import { outcome, setScene, until } from './scene.ts'

const MINUTE = 60_000

/** The pauses between one minted token and the next, in seconds. */
const gaps = (provider: Provider) =>
  provider.made.slice(1).map(({ at }, n) => (at - (provider.made[n]?.at ?? 0)) / 1000)

test.each([
  ['right', 0],
  ['five minutes fast', 5 * MINUTE],
  ['five minutes slow', -5 * MINUTE],
])('with a wall clock that is %s a token is renewed every 50 s', async (_, error) => {
  const clock = new FakeClock()
  clock.wallError = error
  const provider = new Provider(clock)
  openTab(clock, provider)
  await clock.step(1_000)
  const first = provider.granted
  expect(first).toBeLessThanOrEqual(2)

  await clock.step(10 * MINUTE)

  expect(gaps(provider).slice(first - 1)).toEqual(Array(12).fill(50))
})

test('a wall clock that jumps costs one early refresh at most, and no expired token is sent', async () => {
  const { backend, client, clock, provider } = await setScene()
  for (const jump of [5 * MINUTE, -10 * MINUTE, 5 * MINUTE, 3_000, -3_000]) {
    const before = provider.granted
    clock.wallError += jump
    for (let second = 0; second < 100; second += 5) {
      expect(await outcome(client.echo.query({ text: 'hi' }))).toBe('answered')
      await clock.step(5_000)
    }
    expect(provider.granted - before).toBeLessThanOrEqual(3)
  }
  expect(backend.refused).toBe(0)
})

test('a cached token found at start by a machine with a wrong clock is not sent', async () => {
  const clock = new FakeClock()
  clock.wallError = -5 * MINUTE
  const provider = new Provider(clock)
  provider.share(54_000)
  const { keeper } = openTab(clock, provider)

  await clock.step(1_000)

  expect(keeper.state().status).toBe('live')
  expect(provider.asked).toBe(1)
})

test('after two hours asleep, twelve queries on focus cost one refresh and see no refusal', async () => {
  const { backend, client, clock, provider, tab } = await setScene()
  await client.echo.query({ text: 'first' })
  clock.sleep(2 * 3_600_000)

  tab.signal('focus')
  const calls = Array.from({ length: 12 }, (_, n) => outcome(client.echo.query({ text: `${n}` })))

  expect(await Promise.all(calls)).toEqual(Array(12).fill('answered'))
  expect(provider.granted).toBe(2)
  expect(backend.refused).toBe(0)
})

test('a request that the shut laptop held back past its token’s end is replayed with a fresh one', async () => {
  const { backend, client, clock, count, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  await clock.step(50_000)
  const gate = wire.delayNext()
  const call = outcome(client.add.mutate({ text: 'held back' }))
  await new Promise((resolve) => setTimeout(resolve, 20))
  clock.sleep(2 * 3_600_000)

  gate.open()

  expect(await call).toBe('answered')
  expect(backend.refused).toBe(1)
  expect(provider.granted).toBe(3)
  expect(count('ended')).toBe(0)
})

test('a stream cut while asleep is taken up again with a fresh token', async () => {
  const { backend, client, clock, provider, server, tab } = await setScene()
  const seen: string[] = []
  const stream = client.watch.subscribe({}, { onData: ({ data }) => seen.push(data) })
  backend.tell('one')
  await until(() => expect(seen).toEqual(['one']))
  clock.sleep(2 * 3_600_000)
  server.closeAllConnections()

  tab.show()
  backend.tell('two')
  await until(() => expect(seen).toEqual(['one', 'two']), clock)

  expect(backend.tokens.at(-1)).toBe(`Bearer ${provider.made.at(-1)?.value}`)
  expect(provider.granted).toBe(2)
  expect(backend.refused).toBe(0)
  stream.unsubscribe()
})

test('a hidden tab asks for no token by itself, and its first operation once visible waits for a fresh one', async () => {
  const { backend, client, clock, provider, tab } = await setScene()
  await client.echo.query({ text: 'first' })
  tab.hide()
  await clock.step(30 * MINUTE)
  expect(provider.asked).toBe(1)

  tab.show()

  expect(await outcome(client.echo.query({ text: 'next' }))).toBe('answered')
  expect(provider.granted).toBe(2)
  expect(backend.refused).toBe(0)
})

test('with timers throttled to one a minute, an operation finds the token stale and waits for a fresh one', async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  for (let minute = 0; minute < 5; minute++) {
    clock.stall(MINUTE)
    expect(await outcome(client.echo.query({ text: 'hi' }))).toBe('answered')
  }
  expect(provider.granted).toBe(6)
  expect(backend.refused).toBe(0)
})

test('whatever a token lives, from 5 s to an hour and changing, its refresh is due a sixth of that before its end, 1 s at least and a minute at most, or up to 2 % of its life sooner', async () => {
  const lifetimeAndLead = fc.constantFrom(
    [5_000, 1_000] as const,
    [60_000, 10_000] as const,
    [3_600_000, 60_000] as const,
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(lifetimeAndLead, { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (lifetimes, random) => {
        const clock = new FakeClock()
        const provider = new Provider(clock)
        const { events, close } = openTab(clock, provider, undefined, () => random)
        for (const [lifetime, lead] of lifetimes) {
          provider.lifetimeMs = lifetime
          await clock.step(Math.ceil(clock.untilNext) + 1)
          const made = provider.made.at(-1)
          const last = events.at(-1)
          if (last?.type !== 'refreshed' || !made) continue
          const due = made.at + lifetime - lead
          expect(last.nextAt).toBeGreaterThan(clock.now())
          expect(last.nextAt).toBeLessThanOrEqual(due)
          // A token found in the cache is dated by its claims, which are whole seconds.
          expect(last.nextAt).toBeGreaterThanOrEqual(due - 0.02 * lifetime - 1_000)
          expect(clock.untilNext).toBeCloseTo(last.nextAt - clock.now())
        }
        close()
      },
    ),
  )
})

test('the session itself, about to end, is announced five minutes before, once, and staying signed in takes it back', async () => {
  const clock = new FakeClock()
  clock.wallError = 90 * MINUTE
  const provider = new Provider(clock)
  provider.sessionEndsAt = clock.truth + 20 * MINUTE
  const { count, keeper } = openTab(clock, provider)
  await clock.step(14 * MINUTE + 58_000)
  expect(keeper.state()).toMatchObject({ status: 'live', expiring: false })

  await clock.step(4_000)
  expect(keeper.state()).toMatchObject({ status: 'expiring', expiring: true, expiresAt: provider.sessionEndsAt })
  await clock.step(2 * MINUTE)
  expect(count('expiring')).toBe(1)
  await keeper.extend()

  expect(keeper.state()).toMatchObject({ status: 'live', expiring: false })
})

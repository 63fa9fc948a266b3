import { expect, test } from 'vitest'
import { admission } from '#client/auth/applicant.ts'
import { TokenKeeper } from '#client/auth/token-keeper.ts'
import { FakeClock } from '../clock.ts'
import { Gate } from '../gate.ts'
import { type Backend, userOf } from './api.ts'
import { FakeTab, openTab, sharedTime } from './page.ts'
import { Provider } from './provider.ts'
import { outcome, setScene, until } from './scene.ts'

const senders = (backend: Backend) => backend.tokens.map((header) => userOf(header ?? ''))

test("an operation that waits while another person signs in fails, and never leaves with that person's token", async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  provider.next.push('hang')
  clock.stall(61_000)
  const call = outcome(client.add.mutate({ text: 'by ann' }))
  await until(() => expect(provider.asked).toBe(2))

  provider.become('bob')

  expect(await call).toBe('changed')
  expect(await client.echo.query({ text: 'by bob' })).toEqual({ text: 'by bob', user: 'bob' })
  expect(senders(backend)).toEqual(['ann', 'bob'])
})

test('an operation queued in a batch when another person signs in is taken out of it, and the rest goes on', async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const byAnn = outcome(client.add.mutate({ text: 'by ann' }))

  provider.become('bob')
  const byBob = client.add.mutate({ text: 'by bob' })
  await clock.step(0)

  expect(await byAnn).toBe('changed')
  expect(await byBob).toBe('by bob')
  expect(backend.calls.map(({ text, user }) => [text, user])).toEqual([
    ['first', 'ann'],
    ['by bob', 'bob'],
  ])
  expect(senders(backend)).toEqual(['ann', 'bob'])
})

test("a person's late token is dropped after another person signed in", async () => {
  const { backend, client, clock, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const slow = new Gate()
  provider.next.push(slow.passed)
  await clock.step(50_000)
  provider.become('bob')

  slow.open()
  await clock.step(0)

  expect(await client.echo.query({ text: 'next' })).toMatchObject({ user: 'bob' })
  expect(senders(backend)).toEqual(['ann', 'bob'])
})

test("another person's token, given by the provider's mistake, is never sent", async () => {
  const { backend, client, clock, provider } = await setScene({ user: null })
  provider.next.push(Promise.resolve(provider.make('bob', 'bob-1')))
  provider.become('ann')

  const call = outcome(client.echo.query({ text: 'by ann' }))
  await until(() => expect(backend.calls).toHaveLength(1), clock)

  expect(await call).toBe('answered')
  expect(senders(backend)).toEqual(['ann'])
})

test("a person's late answers and events are dropped after another person signed in", async () => {
  const { backend, client, provider } = await setScene()
  const seen: string[] = []
  const stopped = new Promise<string>((resolve) => {
    client.watch.subscribe({}, { onData: ({ data }) => seen.push(data), onError: (error) => resolve(error.message) })
  })
  const answer = outcome(client.slow.query({ text: 'secret' }))
  await until(() => expect(backend.calls).toHaveLength(2))

  provider.become('bob')
  backend.tell('secret')
  backend.open('secret')

  expect(await answer).toBe('changed')
  expect(await stopped).toMatch(/session changed/)
  expect(seen).toEqual([])
})

test('changing the organisation drops what was under way, as changing the person does', async () => {
  const { client, provider } = await setScene()
  await client.echo.query({ text: 'first' })
  const answer = outcome(client.slow.query({ text: 'never' }))

  provider.become('ann')

  expect(await answer).toBe('changed')
})

test('signing out ends the session once, and nothing is sent for nobody', async () => {
  const { backend, client, count, events, keeper, provider } = await setScene()
  await client.echo.query({ text: 'first' })

  await keeper.signOut()

  expect(keeper.state()).toMatchObject({ status: 'signed-out', userId: null })
  expect(await outcome(client.echo.query({ text: 'nobody' }))).toBe('signed-out')
  expect(backend.requests).toBe(1)
  expect(provider.signOuts).toBe(1)
  expect(count('ended')).toBe(1)
  expect(events.at(-1)).toMatchObject({ type: 'ended', cause: 'signed-out' })
})

test('what is open to all is answered before anyone signed in, and while the provider still loads', async () => {
  const { backend, client, provider } = await setScene({ user: null })
  provider.loading = true

  expect(await client.config.query(undefined, { context: { public: true } })).toBe('open to all')

  expect(backend.tokens).toEqual([null])
})

test('operations made while the provider loads wait for it, and fail plainly if it never does', async () => {
  const { client, clock, keeper, provider } = await setScene({ user: null })
  provider.loading = true
  provider.announce()
  expect(keeper.state().status).toBe('loading')
  const early = outcome(client.echo.query({ text: 'early' }))
  provider.loading = false
  provider.become('ann')
  expect(await early).toBe('answered')

  const never = await setScene({ user: null })
  never.provider.loading = true
  const call = outcome(never.client.echo.query({ text: 'never' }))
  await never.clock.step(8_000)
  expect(await call).toBe('unavailable')
  await clock.step(0)
})

test('a fresh token that is refused too ends the session once, however many operations failed', async () => {
  const { backend, client, count, events, keeper, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  backend.refuse = () => 'revoked'
  const gates = [wire.holdNext(), wire.holdNext()]
  const texts = ['a', 'b', 'c']
  const calls = texts.flatMap((text) => [outcome(client.echo.query({ text })), outcome(client.add.mutate({ text }))])
  await until(() => expect(backend.refused).toBe(6))

  for (const gate of gates) gate.open()

  expect(await Promise.all(calls)).toEqual(Array(6).fill('ended'))
  expect(provider.granted).toBe(2)
  expect(provider.signOuts).toBe(1)
  expect(count('ended')).toBe(1)
  expect(events.filter((event) => event.type === 'ended')).toMatchObject([{ cause: 'refused' }])
  expect(keeper.state()).toMatchObject({ status: 'ended', userId: 'ann' })
})

test('late 401s after the session ended ask the provider for nothing', async () => {
  const { backend, client, count, provider, wire } = await setScene()
  await client.echo.query({ text: 'first' })
  provider.signOut = async () => Promise.reject(new Error('no network'))
  backend.refuse = () => 'revoked'
  const held = wire.holdNext()
  const late = outcome(client.echo.query({ text: 'late' }))
  await until(() => expect(backend.refused).toBe(1))
  expect(await outcome(client.echo.query({ text: 'early' }))).toBe('ended')
  const asked = provider.asked

  held.open()

  expect(await late).toBe('ended')
  expect(provider.asked).toBe(asked)
  expect(count('ended')).toBe(1)
})

test('after an end the same page goes on as soon as somebody signs in again', async () => {
  const { backend, client, keeper, provider } = await setScene()
  backend.refuse = () => 'revoked'
  expect(await outcome(client.echo.query({ text: 'first' }))).toBe('ended')
  backend.refuse = () => undefined

  provider.become('ann')

  expect(await outcome(client.echo.query({ text: 'again' }))).toBe('answered')
  expect(keeper.state()).toMatchObject({ status: 'live', userId: 'ann' })
})

test('signing out in one tab ends the session in both, once in each', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const [here, there] = [openTab(clock, provider), openTab(clock, provider)]
  await clock.step(1_000)

  await here.keeper.signOut()

  expect([here.keeper.state().status, there.keeper.state().status]).toEqual(['signed-out', 'ended'])
  expect([here.count('ended'), there.count('ended')]).toEqual([1, 1])
  expect(provider.signOuts).toBe(1)
  expect(clock.pending).toBe(0)
})

test('two tabs side by side refresh no oftener than one', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const time = sharedTime()
  openTab(clock, provider, new FakeTab(clock, time))
  await clock.step(300)
  openTab(clock, provider, new FakeTab(clock, time))

  await clock.step(600_000)

  expect(provider.granted).toBe(1 + 12)
})

test('a tab whose neighbour is at the provider already waits for what that brings, instead of asking too', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const time = sharedTime()
  openTab(clock, provider, new FakeTab(clock, time))
  await clock.step(300)
  openTab(clock, provider, new FakeTab(clock, time))
  await clock.step(1)
  provider.always = () => new Promise<void>((resolve) => clock.after(600, resolve))

  await clock.step(600_000)

  expect(provider.asked).toBe(1 + 12)
})

test('mounted twice and unmounted, as Strict Mode does, there is one timer and no second refresh', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const { keeper, tab, close } = openTab(clock, provider)
  const again = keeper.start()
  again()
  again()
  const third = keeper.start()
  await clock.step(1_000)
  expect(clock.pending).toBe(1)
  expect(tab.listeners).toBe(1)
  expect(provider.asked).toBe(1)

  close()
  third()

  expect(clock.pending).toBe(0)
  expect(tab.listeners).toBe(0)
})

test('replaced in place, as by a hot reload, a keeper leaves neither timer nor listener, and its successor asks for no second token', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const first = openTab(clock, provider)
  await clock.step(10_000)

  first.close()
  const second = openTab(clock, provider, first.tab)
  await clock.step(1_000)

  expect(clock.pending).toBe(1)
  expect(first.tab.listeners).toBe(1)
  expect(second.keeper.state().status).toBe('live')
  expect(provider.asked).toBe(1)
})

test('a handler that calls the keeper again, or throws, neither locks it nor keeps the news from others', async () => {
  const { client, clock, count, keeper, provider } = await setScene()
  const thrown: unknown[] = []
  const catchThem = (error: unknown) => thrown.push(error)
  process.once('uncaughtException', catchThem)
  keeper.watch(() => {
    void admission(keeper).catch(() => {})
  })
  const states: string[] = []
  keeper.subscribe(() => {
    states.push(keeper.state().status)
    void admission(keeper).catch(() => {})
  })
  keeper.watch((event) => {
    if (event.type === 'ended') throw new Error('a careless handler')
  })
  await client.echo.query({ text: 'first' })
  await clock.step(50_000)
  expect(provider.granted).toBe(2)
  expect(states).toEqual(['live', 'refreshing', 'live'])

  await keeper.signOut()
  await until(() => expect(thrown).toHaveLength(1))

  expect(count('ended')).toBe(1)
  expect(keeper.state().status).toBe('signed-out')
})

test('before it is started a keeper says it is loading, and operations wait for the start', async () => {
  const clock = new FakeClock()
  const keeper = new TokenKeeper({ source: new Provider(clock), clock, world: new FakeTab(clock), random: () => 0 })
  expect(keeper.state().status).toBe('loading')
  const admitted = admission(keeper)

  keeper.start()
  await clock.step(1)

  expect((await admitted).usable).not.toBeNull()
})

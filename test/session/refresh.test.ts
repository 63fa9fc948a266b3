import { expect, test } from 'vitest'
import { FakeClock } from '../clock.ts'
import { connect, startApi } from './api.ts'
import { openTab } from './page.ts'
import { Provider } from './provider.ts'

test('200 concurrent queries on an expired token cost one refresh and at most two extra requests', async () => {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const { backend, url } = await startApi(clock)
  const { keeper } = openTab(clock, provider)
  const client = connect(keeper, clock, url)
  await client.echo.query({ text: 'first' })
  const spoilt = provider.made[0]?.value
  backend.refuse = (token) => (token === spoilt ? 'invalid' : undefined)

  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => client.echo.query({ text: `${n}` })))

  expect(answers.map((answer) => answer.text)).toEqual(Array.from({ length: 200 }, (_, n) => `${n}`))
  expect(provider.granted).toBe(2)
  expect(backend.requests - 1).toBeLessThanOrEqual(2 + 2)
  expect(backend.calls).toHaveLength(201)
})

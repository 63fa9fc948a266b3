import { TRPCUntypedClient } from '@trpc/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
import { FakeClock, settle } from '../clock.ts'
import { openTab } from './page.ts'
import { type Answer, noNetwork, Provider, slowDown, unavailable } from './provider.ts'
import { SimulatedApi } from './simulated-api.ts'

type Step =
  | { do: 'call'; type: 'query' | 'mutation' }
  | { do: 'refuse'; reason: 'expired' | 'invalid' | 'revoked'; times: number }
  | { do: 'mint'; answer: Answer }
  | { do: 'pass'; ms: number }
  | { do: 'sleep'; ms: number }
  | { do: 'jump'; ms: number }
  | { do: 'become'; user: string | null }
  | { do: 'abort'; which: number }
  | { do: 'signOut' | 'hide' | 'show' | 'disconnect' | 'connect' }

const duration = fc.constantFrom(0, 1, 40, 500, 2_000, 9_000, 51_000, 65_000)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('call' as const), type: fc.constantFrom('query', 'mutation') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('refuse' as const),
      reason: fc.constantFrom('expired', 'invalid', 'revoked'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mint' as const),
      answer: fc.constantFrom<Answer>('hang', 'same', 'expired', 'page', unavailable, noNetwork, slowDown(20)),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: duration }) },
  fc.record({ do: fc.constant('sleep' as const), ms: duration }),
  fc.record({ do: fc.constant('jump' as const), ms: fc.constantFrom(-300_000, -3_000, 3_000, 300_000) }),
  fc.record({ do: fc.constant('become' as const), user: fc.constantFrom('ann', 'bob', null) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(20) }) },
  fc.record({ do: fc.constantFrom('signOut', 'hide', 'show', 'disconnect', 'connect') }),
)

/** One run of a page through these steps, until everything has come to rest. */
async function live(steps: Step[], random: number) {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const { keeper, tab, close } = openTab(clock, provider, undefined, () => random)
  const api = new SimulatedApi(clock)
  const refusals: ('expired' | 'invalid' | 'revoked')[] = []
  api.fault = () => refusals.shift() ?? null
  const client = new TRPCUntypedClient({ links: [refreshingAuthLink(keeper), api.link] })
  const calls: { owner: string | null; stop: AbortController; settled: number }[] = []
  const ends: number[] = []
  keeper.watch((event) => event.type === 'ended' && ends.push(provider.changes))

  const call = (type: 'query' | 'mutation') => {
    const made = { owner: provider.current()?.key ?? null, stop: new AbortController(), settled: 0 }
    const input = calls.push(made) - 1
    const settled = () => void made.settled++
    client[type]('echo', input, { signal: made.stop.signal }).then(settled, settled)
  }

  for (const one of steps) {
    switch (one.do) {
      case 'call':
        call(one.type)
        break
      case 'refuse':
        refusals.push(...Array(one.times).fill(one.reason))
        break
      case 'mint':
        provider.next.push(one.answer)
        break
      case 'pass':
        await clock.step(one.ms)
        break
      case 'sleep':
        clock.sleep(one.ms)
        tab.signal('focus')
        break
      case 'jump':
        clock.wallError += one.ms
        break
      case 'become':
        provider.become(one.user)
        break
      case 'abort':
        calls[one.which]?.stop.abort()
        break
      case 'signOut':
        await keeper.signOut()
        break
      default:
        tab[one.do]()
    }
  }
  provider.next.length = 0
  tab.show()
  tab.connect()
  await clock.step(120_000)
  await settle()
  close()
  return { api, calls, clock, ends, provider }
}

test('in any order of events no operation leaves with another epoch’s token, none is sent more than twice, each settles once, and no epoch mints twice at once or ends twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (steps, random) => {
        const { api, calls, clock, ends, provider } = await live(steps, random)

        for (const { input, sid } of api.arrivals) expect(sid).toBe(calls[Number(input)]?.owner)
        for (const [n, { settled }] of calls.entries()) {
          expect(settled).toBe(1)
          expect(api.arrivals.filter(({ input }) => input === n).length).toBeLessThanOrEqual(2)
          expect(api.arrivals.filter(({ input, fault }) => input === n && !fault).length).toBeLessThanOrEqual(1)
        }
        expect(provider.mostAtOnce).toBeLessThanOrEqual(1)
        expect(new Set(ends).size).toBe(ends.length)
        expect(clock.pending).toBe(0)
      },
    ),
    { numRuns: 1_000 },
  )
})

import { QueryClient } from '@tanstack/react-query'
import { noNetwork, slowDown, unavailable } from '../../test/session/provider.ts'
import type { Trial } from './trial.ts'

export interface Scenario {
  id: string
  /** What passes, in words. */
  title: string
  /** True when it passed. It starts after one call was answered; everything is counted from there. */
  run(trial: Trial): Promise<boolean>
  sse?: { maxDurationMs: number }
}

const MINUTE = 60_000
const range = (length: number, prefix = '') => Array.from({ length }, (_, n) => `${prefix}${n}`)

/** Subscribes, and collects what the subscriber is told. */
function listen({ client }: Trial) {
  const told = { data: [] as string[], completed: false, errors: 0 }
  const stream = client.watch.subscribe(
    {},
    {
      onData: ({ data }) => told.data.push(data),
      onComplete: () => {
        told.completed = true
      },
      onError: () => {
        told.errors += 1
      },
    },
  )
  return { told, stop: () => stream.unsubscribe() }
}

/** The token is spent, and the provider does not answer the next mint. */
function strand({ clock, provider }: Trial) {
  provider.next.push('hang')
  clock.stall(61_000)
}

export const SCENARIOS: Scenario[] = [
  {
    id: '1',
    title: '200 queries on a refused token: 1 refresh, 200 answers, at most 2 extra requests',
    async run(trial) {
      trial.spoil('expired')
      for (const text of range(200)) trial.query(text)
      await trial.settled()
      return trial.answered() && trial.provider.asked === 1 && trial.backend.requests <= 4
    },
  },
  {
    id: '1b',
    title: '200 queries on a token known to be spent: 1 refresh, 200 answers, no refusal',
    async run(trial) {
      trial.clock.stall(61_000)
      for (const text of range(200)) trial.query(text)
      await trial.settled()
      return trial.answered() && trial.provider.asked === 1 && trial.backend.refused === 0
    },
  },
  {
    id: '2',
    title: 'a 401 that arrives after another call refreshed is replayed without another refresh',
    async run(trial) {
      trial.spoil()
      const held = trial.wire.holdNext()
      trial.query('late')
      await trial.until(() => trial.backend.refused === 1)
      trial.query('early')
      await trial.until(() => trial.calls[1]?.state !== 'waiting')
      held.open()
      await trial.settled()
      return trial.answered() && trial.provider.asked === 1
    },
  },
  {
    id: '3',
    title: 'late 401s after a failed refresh cost at most one refresh more; no sign-out, no 401 for the caller',
    async run(trial) {
      trial.spoil()
      trial.provider.next.push(unavailable)
      const gates = range(5).map(() => trial.wire.holdNext())
      for (const text of range(5)) {
        trial.query(text)
        await trial.until(() => trial.backend.refused === trial.calls.length)
      }
      for (const gate of gates) {
        gate.open()
        await trial.until(() => trial.provider.asked > 0)
      }
      await trial.settled(200)
      return trial.provider.asked <= 2 && trial.signOuts() + trial.lost() === 0
    },
  },
  {
    id: '4',
    title: 'when a fresh token is refused too: 1 refresh, and 1 sign-out however many calls failed',
    async run(trial) {
      trial.backend.refuse = () => 'revoked'
      for (const text of range(20)) trial.query(text)
      await trial.settled()
      trial.query('after')
      const settled = await trial.settled()
      return settled && trial.provider.asked === 1 && trial.signOuts() === 1
    },
  },
  {
    id: '5',
    title: 'a refresh that never settles: calls fail within 8 s, nobody is signed out, the next attempt works',
    async run(trial) {
      strand(trial)
      trial.query('waiting')
      await trial.until(() => trial.provider.asked > 0)
      await trial.clock.step(8_000)
      if (!(await trial.settled())) return false
      trial.query('next')
      await trial.settled(500)
      return trial.calls[1]?.state === 'answered' && trial.signOuts() === 0
    },
  },
  {
    id: '6',
    title: 'a refresh that returns the refused token again: no loop, no sign-out, the call settles without a 401',
    async run(trial) {
      trial.spoil()
      trial.provider.always = 'same'
      trial.query('once')
      const settled = await trial.settled(1_000)
      return settled && trial.backend.requests <= 2 && trial.signOuts() + trial.lost() === 0
    },
  },
  {
    id: '7',
    title: 'a wall clock 5 min slow, then fast: no refused call, no more than one refresh a minute and three',
    async run(trial) {
      for (const error of [-5 * MINUTE, 5 * MINUTE]) {
        trial.clock.wallError = error
        for (let second = 0; second < 300; second += 10) {
          trial.query(`${error} ${second}`)
          await trial.settled()
          await trial.clock.step(10_000)
        }
      }
      return trial.answered() && trial.backend.refused === 0 && trial.provider.asked <= 12 + 3
    },
  },
  {
    id: '8',
    title: 'asleep for 2 h, then 12 queries: 1 refresh, no refusal',
    async run(trial) {
      trial.clock.sleep(120 * MINUTE)
      trial.tab?.signal('focus')
      for (const text of range(12)) trial.query(text)
      await trial.settled()
      return trial.answered() && trial.provider.asked === 1 && trial.backend.refused === 0
    },
  },
  {
    id: '9',
    title: 'timers throttled to one a minute: no call is refused',
    async run(trial) {
      for (const text of range(5)) {
        trial.clock.stall(MINUTE)
        trial.query(text)
        await trial.settled()
      }
      return trial.answered() && trial.backend.refused === 0
    },
  },
  {
    id: '10',
    title: 'a call aborted while a refresh is under way settles at once and is never carried out',
    async run(trial) {
      strand(trial)
      const stop = new AbortController()
      const call = trial.mutate('unwanted', { signal: stop.signal })
      call.unwanted = true
      await trial.until(() => trial.provider.asked > 0)
      stop.abort()
      if (!(await trial.settled())) return false
      await trial.clock.step(30_000)
      return trial.wrong() === 0
    },
  },
  {
    id: '10b',
    title: 'a subscription given up while a refresh is under way never connects',
    async run(trial) {
      let answer = () => {}
      trial.provider.next.push(
        new Promise<void>((resolve) => {
          answer = resolve
        }),
      )
      trial.clock.stall(61_000)
      const { stop } = listen(trial)
      await trial.until(() => trial.provider.asked > 0)
      stop()
      answer()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return trial.backend.requests === 0
    },
  },
  {
    id: '10c',
    title: 'a call whose signal is already aborted costs neither a refresh nor a request',
    async run(trial) {
      trial.tab?.hide()
      trial.clock.stall(61_000)
      trial.mutate('no', { signal: AbortSignal.abort() }).unwanted = true
      const settled = await trial.settled()
      return settled && trial.provider.asked + trial.backend.requests === 0
    },
  },
  {
    id: '11',
    title: "a call that waits while another person signs in never leaves with that person's token",
    async run(trial) {
      let answer = () => {}
      trial.provider.next.push(
        new Promise<void>((resolve) => {
          answer = resolve
        }),
      )
      trial.clock.stall(61_000)
      trial.mutate('by ann')
      await trial.until(() => trial.provider.asked > 0)
      trial.provider.become('bob')
      trial.query('by bob')
      answer()
      await trial.settled()
      return trial.calls[1]?.state === 'answered' && trial.wrong() === 0
    },
  },
  {
    id: '11b',
    title: "a person's late answer is not delivered after another person signed in",
    async run(trial) {
      let delivered = false
      trial.client.slow.query({ text: 'secret' }).then(
        () => {
          delivered = true
        },
        () => {},
      )
      await trial.until(() => trial.backend.calls.length === 1)
      trial.provider.become('bob')
      trial.backend.open('secret')
      await new Promise((resolve) => setTimeout(resolve, 50))
      return !delivered
    },
  },
  {
    id: '12',
    title: 'of a batch of ten with one refusal only one call is made again',
    async run(trial) {
      trial.backend.refuse = () => (trial.backend.checked === 4 ? 'invalid' : undefined)
      for (const text of range(10)) trial.query(text)
      await trial.settled()
      return trial.answered() && trial.backend.checked === 11
    },
  },
  {
    id: '13',
    title: 'an HTML 401 from a gateway is recognised, refreshed and replayed',
    async run(trial) {
      await trial.clock.step(15_000)
      const spoilt = `Bearer ${trial.provider.made.at(-1)?.value}`
      trial.backend.gateway = (req, res) => {
        if (req.headers.authorization !== spoilt) return false
        res.writeHead(401, { 'content-type': 'text/html' }).end('<h1>Who are you?</h1>')
        return true
      }
      trial.mutate('once')
      await trial.settled()
      return trial.answered()
    },
  },
  {
    id: '14',
    title: 'a stream cut with its token spent resumes, every event exactly once',
    async run(trial) {
      const { told, stop } = listen(trial)
      trial.backend.tell('1', '2', '3')
      await trial.until(() => told.data.length === 3)
      trial.clock.stall(61_000)
      trial.server.closeAllConnections()
      trial.backend.tell('4', '5')
      const whole = () => told.data.join() === '1,2,3,4,5'
      await trial.until(() => whole() || told.errors > 0, 100)
      if (!whole()) await trial.until(whole, 100)
      stop()
      return whole()
    },
  },
  {
    id: '15',
    title: 'a stream refused for good makes exactly two connections, then ends',
    async run(trial) {
      trial.backend.refuse = () => 'revoked'
      const { told, stop } = listen(trial)
      await trial.until(() => told.errors > 0 || told.completed, 100)
      await new Promise((resolve) => setTimeout(resolve, 50))
      stop()
      return trial.backend.requests === 2 && told.errors === 1
    },
  },
  {
    id: '16',
    title: 'a stream that the server ends at its maximum age gives one whole answer',
    sse: { maxDurationMs: 100 },
    async run(trial) {
      const { told, stop } = listen(trial)
      for (const word of ['one', 'two', 'three', 'four']) {
        trial.backend.tell(word)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      trial.backend.tell('end')
      for (let tries = 0; tries < 4 && !told.completed; tries++) await trial.until(() => told.completed, 100)
      stop()
      return told.completed && told.data.join() === 'one,two,three,four'
    },
  },
  {
    id: '17',
    title: 'FORBIDDEN and SERVICE_UNAVAILABLE cost no refresh and no sign-out',
    async run(trial) {
      await Promise.allSettled([trial.client.forbidden.query(), trial.client.unavailable.query()])
      return trial.provider.asked === 0 && trial.signOuts() === 0
    },
  },
  {
    id: '17b',
    title: 'a server whose clock is an hour ahead: no loop, no storm of refreshes, no sign-out, no 401',
    async run(trial) {
      trial.backend.clockError = 60 * MINUTE
      for (const text of range(10)) {
        trial.query(text)
        if (!(await trial.settled())) return false
        await trial.clock.step(1_000)
      }
      return trial.provider.asked <= 2 && trial.signOuts() + trial.lost() === 0
    },
  },
  {
    id: '18',
    title: 'a provider that answers 503, 429, nothing, a page: no sign-out, and it recovers by itself',
    async run(trial) {
      for (const answer of [unavailable, slowDown(5), noNetwork, 'page' as const]) {
        trial.provider.always = answer
        trial.clock.stall(61_000)
        trial.query(`during ${answer}`)
        await trial.settled(500)
        trial.provider.always = 'new'
        await trial.clock.step(31_000)
        trial.query(`after ${answer}`)
        await trial.settled(500)
        if (trial.calls.at(-1)?.state !== 'answered') return false
      }
      return trial.signOuts() === 0 && trial.lost() === 0
    },
  },
  {
    id: '18b',
    title: 'while the provider fails, a token that is still valid goes on serving',
    async run(trial) {
      trial.provider.always = unavailable
      await trial.clock.step(52_000)
      trial.query('still')
      await trial.settled()
      return trial.answered()
    },
  },
  {
    id: '19',
    title: 'what was asked while offline, with a spent token, is answered on return after one refresh',
    async run(trial) {
      trial.provider.always = noNetwork
      trial.tab?.disconnect()
      await trial.clock.step(61_000)
      for (const text of range(3)) trial.query(text)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await trial.clock.step(60_000)
      const before = trial.provider.granted
      trial.provider.always = 'new'
      trial.tab?.connect()
      await trial.settled()
      return trial.answered() && trial.provider.granted - before === 1
    },
  },
  {
    id: '20',
    title: 'tokens of 5 s, 1 min and 1 h by turns: no call is refused',
    async run(trial) {
      for (const [turn, lifetime] of [5_000, 3_600_000, 60_000, 5_000, 60_000].entries()) {
        trial.provider.lifetimeMs = lifetime
        for (let second = 0; second < 70; second += 7) {
          trial.query(`${turn} ${second}`)
          await trial.settled()
          await trial.clock.step(7_000)
        }
      }
      return trial.answered() && trial.backend.refused === 0
    },
  },
  {
    id: '23',
    title: 'three retries of the query layer on a lasting refusal multiply neither refreshes nor requests',
    async run(trial) {
      trial.backend.refuse = () => 'revoked'
      const queries = new QueryClient({ defaultOptions: { queries: { retry: 3, retryDelay: 0 } } })
      let over = false
      queries
        .fetchQuery({ queryKey: [0], queryFn: () => trial.client.echo.query({ text: 'hi' }) })
        .catch(() => {})
        .finally(() => {
          over = true
        })
      await trial.until(() => over)
      return over && trial.provider.asked <= 1 && trial.backend.requests <= 2
    },
  },
]

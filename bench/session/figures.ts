import { createTRPCClient, httpBatchStreamLink, type TRPCLink, TRPCUntypedClient } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
import { FakeClock } from '../../test/clock.ts'
import type { TestRouter } from '../../test/session/api.ts'
import { openTab } from '../../test/session/page.ts'
import { Provider } from '../../test/session/provider.ts'
import { CONTENDERS } from './contenders.ts'
import { startTrial } from './trial.ts'

const round = (value: number, digits = 2) => Number(value.toFixed(digits))
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** What keeping a session costs. Times in µs or ms as named, memory in bytes. */
export async function measure() {
  return {
    linkMicrosecondsPerOperation: await linkOverhead(),
    loopback: await loopbackOverhead(),
    bytesPerWaitingOperation: await waitingMemory(),
    thousandOnARefusedToken: await thousand(),
  }
}

/** CPU of an operation through the link over an answer in memory, less the same without the link. */
async function linkOverhead() {
  const answer: TRPCLink<TestRouter> = () => () =>
    observable((observer) => {
      observer.next({ result: { type: 'data', data: 1 } })
      observer.complete()
    })
  const clock = new FakeClock()
  const { keeper } = openTab(clock, new Provider(clock))
  await clock.step(1)
  const bare = new TRPCUntypedClient({ links: [answer] })
  const ours = new TRPCUntypedClient({ links: [refreshingAuthLink<TestRouter>(keeper), answer] })
  const rounds: number[] = []
  for (let round = 0; round < 15; round++) rounds.push((await perCall(ours, 20_000)) - (await perCall(bare, 20_000)))
  return round(median(rounds))
}

async function perCall(client: TRPCUntypedClient<TestRouter>, times: number): Promise<number> {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) await client.query('echo')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

/** One call after another over loopback HTTP: each with our chain, and each with tRPC's link and a fixed header. */
async function loopbackOverhead() {
  const contender = CONTENDERS.at(-1)
  if (!contender) throw new Error('there is nobody to measure')
  const trial = await startTrial(contender)
  await trial.begin()
  trial.backend.gateway = () => false
  const url = `http://127.0.0.1:${(trial.server.address() as { port: number }).port}/trpc`
  const headers = { authorization: `Bearer ${trial.provider.made.at(-1)?.value}` }
  const bare = createTRPCClient<TestRouter>({ links: [httpBatchStreamLink({ url, headers, methodOverride: 'POST' })] })
  const clients = { ours: trial.client, bare }
  const times = { ours: [] as number[], bare: [] as number[] }
  for (let n = 0; n < 4_000; n++) {
    for (const name of n % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const start = performance.now()
      await clients[name].echo.query({ text: 'hi' })
      if (n >= 500) times[name].push((performance.now() - start) * 1_000)
    }
  }
  await trial.end()
  const [ours, without] = [median(times.ours), median(times.bare)]
  return { microseconds: round(ours, 0), microsecondsWithoutLink: round(without, 0), ratio: round(ours / without, 3) }
}

/** Heap that an operation holds while it waits for a token. Null when the process cannot collect its garbage. */
async function waitingMemory() {
  const collect = globalThis.gc
  if (!collect) return null
  const waiting = 20_000
  const clock = new FakeClock()
  const provider = new Provider(clock)
  provider.always = 'hang'
  const { keeper } = openTab(clock, provider)
  const inert: TRPCLink<TestRouter> = () => () => observable(() => {})
  const heapOf = async (links: TRPCLink<TestRouter>[]) => {
    const client = new TRPCUntypedClient({ links })
    collect()
    const before = process.memoryUsage().heapUsed
    const calls = Array.from({ length: waiting }, () => client.query('echo').catch(() => {}))
    await clock.step(0)
    collect()
    return (process.memoryUsage().heapUsed - before) / calls.length
  }
  const without = await heapOf([inert])
  return round((await heapOf([refreshingAuthLink<TestRouter>(keeper), inert])) - without, 0)
}

/** A thousand queries at once on a token that the server refuses, for each contender. */
async function thousand() {
  const all: Record<string, { milliseconds: number; refreshes: number; requests: number; answered: number }> = {}
  for (const contender of CONTENDERS) {
    const runs: number[] = []
    for (let run = 0; run < 5; run++) {
      const trial = await startTrial(contender)
      await trial.begin()
      trial.spoil('expired')
      const start = performance.now()
      for (let n = 0; n < 1_000; n++) trial.query(`${n}`)
      await trial.settled()
      runs.push(performance.now() - start)
      all[contender.name] = {
        milliseconds: round(median(runs), 0),
        refreshes: trial.provider.asked,
        requests: trial.backend.requests,
        answered: trial.calls.filter(({ state }) => state === 'answered').length,
      }
      await trial.end()
    }
  }
  return all
}

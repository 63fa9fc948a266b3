import { splitLink, TRPCUntypedClient } from '@trpc/client'
import { refreshingAuthLink } from '#client/auth/refreshing-auth-link.ts'
import { sessionProblemOf } from '#client/auth/session-error.ts'
import { FakeClock } from '../../clock.ts'
import { FakeTab, openTab, sharedTime } from '../page.ts'
import { claims, Provider } from '../provider.ts'
import { SimulatedApi } from '../simulated-api.ts'
import { type Circumstances, fewestMints, type Moment } from './fewest.ts'
import { Random } from './random.ts'
import { SimulatedStreams } from './simulated-stream.ts'
import { SPELLS, type Spell, Weather } from './weather.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 1_440 * MINUTE
/** How long an operation waits for a token, and so how long a fault may outlive itself. */
const PATIENCE = 8 * SECOND

interface Call {
  owner: string | null
  madeAt: number
  aborted: boolean
  settled: number
}

export interface DayReport {
  seed: number
  operations: number
  answered: number
  /** Failures that something which was wrong at the time explains, by what the caller was told. */
  plain: Record<string, number>
  /** What must not be: refusals seen by callers, failures that nothing explains, and other broken rules. */
  broken: string[]
  streams: number
  streamsWhole: number
  minted: number
  fewest: number
}

/** One day of a busy person with two tabs, in which whatever can go wrong does, at moments that `seed` decides. */
export async function liveThroughADay(seed: number): Promise<DayReport> {
  const random = new Random(seed)
  const clock = new FakeClock()
  const start = clock.truth
  const weather = new Weather(clock, random)
  const provider = new Provider(clock)
  provider.always = weather.mint
  const timeline: Circumstances[] = []
  const moments: Moment[] = []
  const broken: string[] = []
  const spoilt = new Set<string>()
  const changes: number[] = []
  const calls: Call[] = []
  const executed = new Map<number, number>()
  const plain: Record<string, number> = {}
  let answered = 0
  let streams = 0
  let streamsWhole = 0

  const now = () => clock.truth - start
  const server = new SimulatedStreams(clock, random.next, ({ token }) => {
    const lost = weather.onTheWay()
    if (lost) throw lost
    moments.push({ at: now(), type: 'operation' })
    if (spoilt.has(token)) return 'invalid'
    return claims(token).exp * 1000 <= clock.truth ? 'expired' : null
  })

  const time = sharedTime()
  const tabs = [0, 1].map(() => {
    const opened = openTab(clock, provider, new FakeTab(clock, time), random.next)
    // Each page batches its own operations.
    const api = new SimulatedApi(clock)
    api.latencyMs = 60
    api.fault = (token) => (spoilt.has(token) ? 'invalid' : null)
    api.onTheWay = () => weather.onTheWay()
    const terminal = splitLink({ condition: ({ type }) => type === 'subscription', true: server.link, false: api.link })
    return { ...opened, api, client: new TRPCUntypedClient({ links: [refreshingAuthLink(opened.keeper), terminal] }) }
  })
  let ends = 0
  tabs[0]?.keeper.watch((event) => {
    if (event.type === 'ended') broken.push(`a session ended by itself: ${event.cause}, ${++ends}`)
  })
  let front = 0
  let asleep = false

  const note = () => {
    const session = provider.current()?.key ?? null
    const watched = !asleep && tabs.some(({ tab }) => tab.shown && tab.connected)
    const reachable = !asleep && weather.providerAnswers
    const last = timeline.at(-1)
    if (last?.session === session && last.watched === watched && last.reachable === reachable) return
    timeline.push({ at: now(), session, watched, reachable })
  }

  const settle = (call: Call, told: string) => {
    call.settled += 1
    if (told === 'answered') answered += 1
    else if (isExplained(call, told)) plain[told] = (plain[told] ?? 0) + 1
    else broken.push(`${told} at ${now()} ms, for what was asked at ${call.madeAt - start} ms, with nothing wrong`)
  }
  const isExplained = (call: Call, told: string) => {
    if (told === 'UNAUTHORIZED' || told === 'clock') return false
    if (call.aborted) return true
    if (['changed', 'ended', 'signed-out'].includes(told)) return changes.some((at) => at >= call.madeAt)
    return weather.wasBadSince(call.madeAt - PATIENCE)
  }
  const wordFor = (error: unknown) => {
    const { data, cause } = error as { data?: { code?: string }; cause?: Error }
    return sessionProblemOf(error) ?? data?.code ?? cause?.name ?? String(error)
  }
  const newCall = (): Call => {
    moments.push({ at: now(), type: 'operation' })
    return { owner: provider.current()?.key ?? null, madeAt: clock.truth, aborted: false, settled: 0 }
  }

  const ask = () => {
    const call = newCall()
    const id = calls.push(call) - 1
    const stop = new AbortController()
    if (random.chance(0.03)) {
      clock.after(random.between(0, 400), () => {
        call.aborted = call.settled === 0
        stop.abort()
      })
    }
    const type = random.chance(0.7) ? 'query' : 'mutation'
    tabs[front]?.client[type]('work', id, { signal: stop.signal }).then(
      () => settle(call, 'answered'),
      (error) => settle(call, wordFor(error)),
    )
  }

  const tail = () => {
    const call = newCall()
    const length = random.between(5, 60)
    let got = 0
    streams += 1
    tabs[front]?.client.subscription(
      'tail',
      { length },
      {
        onData: (id) => {
          if (id !== got + 1) broken.push(`event ${id} came after event ${got}`)
          got += 1
        },
        onComplete: () => {
          if (got === length) streamsWhole += 1
          else broken.push(`an answer of ${length} events ended after ${got}`)
          settle(call, 'answered')
        },
        onError: (error) => settle(call, wordFor(error)),
      },
    )
    calls.push(call)
  }

  const show = (which: number, shown: boolean) => {
    const { tab } = tabs[which] ?? {}
    if (tab && tab.shown !== shown) shown ? tab.show() : tab.hide()
  }

  const blow = (spell: Spell, begins: boolean) => {
    begins ? weather.begin(spell) : weather.end(spell)
    if (begins && !weather.network) server.cut()
    if (spell !== 'offline') return
    for (const { tab } of tabs)
      if (tab.connected !== !weather.is('offline')) tab.connected ? tab.disconnect() : tab.connect()
  }

  const sleep = (ms: number) => {
    asleep = true
    note()
    server.cut()
    clock.sleep(ms)
    asleep = false
    for (const [n, { tab }] of tabs.entries()) if (n === front) tab.show()
  }

  const plan: { at: number; missable: boolean; run: () => void }[] = []
  const often = (aDay: number, run: () => void) => {
    for (const at of random.moments(DAY, aDay)) plan.push({ at, missable: true, run })
  }
  for (const [name, { aDay, seconds }] of Object.entries(SPELLS) as [Spell, (typeof SPELLS)[Spell]][]) {
    for (const at of random.moments(DAY, aDay)) {
      const length = random.between(seconds[0], seconds[1]) * SECOND
      plan.push({ at, missable: false, run: () => blow(name, true) })
      plan.push({ at: at + length, missable: false, run: () => blow(name, false) })
    }
  }
  often(2_500, () => {
    for (let n = random.between(1, 6); n > 0; n--) ask()
  })
  often(60, tail)
  often(20, () => server.cut())
  often(8, () => {
    clock.wallError = random.between(-10 * MINUTE, 10 * MINUTE)
  })
  often(5, () => {
    const current = provider.made.at(-1)?.value
    if (current === undefined) return
    spoilt.add(current)
    moments.push({ at: now(), type: 'spoilt' })
  })
  often(150, () => {
    const behind = front
    front = 1 - front
    show(front, true)
    show(behind, random.chance(0.1))
  })
  often(20, () => {
    const away = random.between(1, 20) * MINUTE
    for (const n of [0, 1]) show(n, false)
    clock.after(away, () => {
      show(front, true)
      note()
    })
  })
  often(5, () => sleep(random.between(1, 90) * MINUTE))
  often(1, () => {
    changes.push(clock.truth)
    provider.become(provider.current()?.userId === 'ann' ? 'bob' : 'ann')
  })
  plan.push({ at: DAY * random.next(), missable: true, run: () => sleep(random.between(300, 480) * MINUTE) })
  plan.sort((a, b) => a.at - b.at)

  show(1, false)
  note()
  for (const { at, missable, run } of plan) {
    if (at > now()) await clock.step(at - now())
    else if (missable && at < now() - MINUTE) continue
    run()
    note()
  }
  await clock.step(2 * MINUTE)

  for (const { input, sid, fault } of tabs.flatMap(({ api }) => api.arrivals)) {
    const id = Number(input)
    if (calls[id]?.owner !== sid) broken.push(`operation ${id} of ${calls[id]?.owner} left with a token of ${sid}`)
    if (!fault) executed.set(id, (executed.get(id) ?? 0) + 1)
  }
  for (const [id, times] of executed) if (times > 1) broken.push(`operation ${id} was carried out ${times} times`)
  for (const [id, { settled }] of calls.entries())
    if (settled !== 1) broken.push(`operation ${id} settled ${settled} times`)
  if (provider.mostAtOnce > 2) broken.push(`${provider.mostAtOnce} mints at once`)
  for (const { close } of tabs) close()
  return {
    seed,
    operations: calls.length,
    answered,
    plain,
    broken,
    streams,
    streamsWhole,
    minted: provider.granted,
    fewest: fewestMints(timeline, moments, now()),
  }
}

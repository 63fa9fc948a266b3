import { getUntypedClient } from '@trpc/client'
import { onTestFinished, vi } from 'vitest'
import { sessionProblemOf } from '#client/auth/session-error.ts'
import { FakeClock } from '../clock.ts'
import { connect, startApi } from './api.ts'
import { openTab } from './page.ts'
import { Provider } from './provider.ts'
import { Wire } from './wire.ts'

interface Options {
  user?: string | null
  sse?: { maxDurationMs?: number }
  /** What the keeper's random numbers are. */
  random?: number
}

/** A server, an identity provider, and a tab with a client, at nine in the morning, with `user` signed in. */
export async function setScene({ user = 'ann', sse, random = 0 }: Options = {}) {
  const clock = new FakeClock()
  const provider = new Provider(clock, user)
  const wire = new Wire()
  const api = await startApi(clock, sse)
  onTestFinished(api.stop)
  const opened = openTab(clock, provider, undefined, () => random)
  const client = connect(opened.keeper, clock, api.url, wire.fetch)
  return { clock, provider, wire, client, untyped: getUntypedClient(client), ...api, ...opened }
}

/** How a call ended: `answered`, what the session had to say, or the server's own code. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'answered'
  } catch (error) {
    const { data, message } = error as { data?: { code?: string }; message: string }
    return sessionProblemOf(error) ?? data?.code ?? message
  }
}

/** Steps the clock, as the real network allows, until `check` no longer throws. */
export async function until(check: () => void, clock?: FakeClock, stepMs = 100): Promise<void> {
  await vi.waitFor(
    async () => {
      await clock?.step(stepMs)
      check()
    },
    { timeout: 8_000, interval: 10 },
  )
}

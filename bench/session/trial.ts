import { FakeClock } from '../../test/clock.ts'
import { startApi } from '../../test/session/api.ts'
import { Provider } from '../../test/session/provider.ts'
import { Wire } from '../../test/session/wire.ts'
import type { Contender } from './contenders.ts'

/** No scenario needs more requests; a client that makes more is in a loop, and is stopped. */
const REQUEST_LIMIT = 1_000
/** How long, in real milliseconds, something may take to happen. */
const PATIENCE_MS = 2_000

export interface Call {
  text: string
  user: string
  state: 'waiting' | 'answered' | 'failed'
  /** The server's code, or what the error says. */
  error: string
  unwanted: boolean
}

type Options = { signal?: AbortSignal }

/** One contender in one scenario: a real server, a provider that does as told, and all that was asked. */
export async function startTrial(contender: Contender, sse?: { maxDurationMs?: number }) {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const wire = new Wire()
  const { backend, server, url, stop } = await startApi(clock, sse)
  const connected = contender.connect({ clock, provider, url, fetch: wire.fetch })
  const calls: Call[] = []
  const limit = () => backend.requests > REQUEST_LIMIT
  backend.gateway = (_req, res) => {
    if (!limit()) return false
    res.writeHead(500).end()
    return true
  }

  function watch(text: string, call: Promise<{ user: string } | string>): Call {
    const user = provider.current()?.userId ?? ''
    const made: Call = { text, user, state: 'waiting', error: '', unwanted: false }
    calls.push(made)
    call.then(
      (answer) => {
        made.state = typeof answer === 'string' || answer.user === user ? 'answered' : 'failed'
      },
      (error) => {
        made.state = 'failed'
        made.error = error.data?.code ?? error.message
      },
    )
    return made
  }

  const trial = {
    ...connected,
    clock,
    provider,
    wire,
    backend,
    server,
    calls,
    query: (text: string, options?: Options) => watch(text, connected.client.echo.query({ text }, options)),
    mutate: (text: string, options?: Options) => watch(text, connected.client.add.mutate({ text }, options)),
    /** Waits until `check` holds, stepping the clock by `stepMs` in between. False when it never did. */
    async until(check: () => boolean, stepMs = 0): Promise<boolean> {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
        if (check()) return true
        if (limit()) return false
        await clock.step(stepMs)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return check()
    },
    settled: (stepMs = 0) => trial.until(() => calls.every(({ state }) => state !== 'waiting'), stepMs),
    answered: () => calls.every(({ state, unwanted }) => state === 'answered' || unwanted),
    /** A first call, so that there is a token; everything is counted from here on. */
    async begin() {
      trial.query('first')
      await trial.settled()
      calls.length = 0
      backend.calls.length = 0
      backend.tokens.length = 0
      backend.refused = 0
      backend.checked = 0
      provider.asked = 0
    },
    /** The token in use is refused from now on; a newer one is not. */
    spoil(reason: 'expired' | 'invalid' = 'invalid') {
      const bad = new Set(provider.made.map(({ value }) => value))
      backend.refuse = (token) => (bad.has(token) ? reason : undefined)
    },
    /** Answers that went to the wrong person, calls carried out twice, and calls carried out though given up. */
    wrong: () => {
      const unwanted = new Set(calls.filter((call) => call.unwanted).map(({ text }) => text))
      const seen = new Map<string, number>()
      let wrong = 0
      for (const { text = '', user, path } of backend.calls) {
        if (path === 'watch') continue
        seen.set(text, (seen.get(text) ?? 0) + 1)
        const owner = calls.find((call) => call.text === text)?.user
        if (unwanted.has(text) || (owner !== undefined && owner !== user)) wrong += 1
      }
      return wrong + [...seen.values()].filter((times) => times > 1).length
    },
    /** Calls that were never settled, or that met the server's refusal. */
    lost: () =>
      calls.filter(({ state, error, unwanted }) => !unwanted && (state === 'waiting' || error === 'UNAUTHORIZED'))
        .length,
    async end() {
      connected.close()
      await stop()
    },
  }
  return trial
}

export type Trial = Awaited<ReturnType<typeof startTrial>>

import { createServer } from 'node:http'
import { buffer, text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createFetchWithAuth } from '#client/auth/fetch-with-auth.ts'
import { close, listen } from '#server/http/listen.ts'
import { FakeClock } from '../clock.ts'
import { openTab } from './page.ts'
import { Provider } from './provider.ts'
import { outcome } from './scene.ts'

/** A server that keeps what it is sent, and refuses as `verdict` says. */
async function setScene() {
  const clock = new FakeClock()
  const provider = new Provider(clock)
  const opened = openTab(clock, provider)
  const received: { body: string; token?: string }[] = []
  const server = { verdict: (_token: string): string | null => null, received }
  const http = createServer(async (req, res) => {
    const token = req.headers.authorization?.slice('Bearer '.length)
    const body = await text(req)
    const refusal = server.verdict(token ?? '')
    received.push({ body, token })
    if (refusal === null) res.end(`got ${body.length}`)
    else res.writeHead(401).end(refusal)
  })
  const url = await listen(http, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => close(http, 0))
  const fetchWithAuth = createFetchWithAuth({ keeper: opened.keeper, clock, fetch })
  return { ...opened, clock, provider, server, url, fetchWithAuth }
}

const invalid = JSON.stringify({ auth: { reason: 'invalid' } })

test('a file whose upload was refused is opened again and sent whole with a fresh token', async () => {
  const { fetchWithAuth, provider, server, url } = await setScene()
  await fetchWithAuth(url)
  const spoilt = provider.made[0]?.value
  server.verdict = (token) => (token === spoilt ? invalid : null)
  let opened = 0
  const body = () => {
    opened += 1
    return new Blob(['a '.repeat(50_000)]).stream()
  }

  const response = await fetchWithAuth(url, { method: 'POST', body })

  expect(await response.text()).toBe('got 100000')
  expect(opened).toBe(2)
  expect(provider.granted).toBe(2)
  expect(server.received.map(({ body }) => body.length)).toEqual([0, 100_000, 100_000])
})

test('a fresh token refused too ends the session, once', async () => {
  const { count, fetchWithAuth, provider, server, url } = await setScene()
  server.verdict = () => invalid

  expect(await Promise.all([outcome(fetchWithAuth(url)), outcome(fetchWithAuth(url))])).toEqual(['ended', 'ended'])

  expect(count('ended')).toBe(1)
  expect(provider.signOuts).toBe(1)
})

test("a gateway's own 401 page signs nobody out", async () => {
  const { count, fetchWithAuth, server, url } = await setScene()
  server.verdict = () => '<h1>Sign in to the hotel</h1>'

  expect(await outcome(fetchWithAuth(url))).toBe('gateway')

  expect(count('ended')).toBe(0)
})

test('every other answer is the caller’s to judge, and costs no refresh', async () => {
  const { fetchWithAuth, provider, url } = await setScene()

  const response = await fetchWithAuth(url, { method: 'PUT', headers: { 'x-kind': 'file' }, body: 'text' })

  expect(response.status).toBe(200)
  expect(provider.granted).toBe(1)
})

test('it waits for a token, and stops waiting when it is aborted', async () => {
  const { clock, fetchWithAuth, provider, server, url } = await setScene()
  await fetchWithAuth(url)
  provider.next.push('hang')
  clock.stall(61_000)
  const stop = new AbortController()
  const call = outcome(fetchWithAuth(url, { signal: stop.signal }))
  await clock.step(10)

  stop.abort()

  expect(await call).toMatch(/abort/)
  expect(server.received).toHaveLength(1)
})

test('what another person signing in finds under way is dropped', async () => {
  const { clock, fetchWithAuth, provider, server, url } = await setScene()
  await fetchWithAuth(url)
  provider.next.push('hang')
  clock.stall(61_000)
  const call = outcome(fetchWithAuth(url, { method: 'POST', body: 'by ann' }))
  await clock.step(10)

  provider.become('bob')

  expect(await call).toBe('changed')
  expect(server.received).toHaveLength(1)
  expect(await buffer((await fetchWithAuth(url)).body as never)).toBeTruthy()
})

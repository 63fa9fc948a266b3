import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../harness.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ environment: { ALLOWED_HOSTS: 'chat.example.org' } })
})
afterAll(() => server.close())

/** fetch() does not let a caller choose Host or Origin. */
function ask(path: string, headers: Record<string, string>, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}${path}`,
      { method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

test('answers for its own names and for addresses in digits, and for no other name', async () => {
  const { port } = new URL(server.url)
  for (const host of [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `[::1]:${port}`,
    'chat.example.org',
    '192.168.1.7:3000',
  ]) {
    expect((await ask('/trpc/session.config', { host })).status).toBe(200)
  }
  const { status, text } = await ask('/trpc/session.config', { host: 'rebound.example.com' })
  expect(status).toBe(421)
  expect(text).toContain('add the name to ALLOWED_HOSTS')
})

test('takes no write from another site’s page', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const { host } = new URL(server.url)
  const foreign = await ask(
    '/__clerk/v1/client/sign_ins',
    { ...form, host, origin: 'https://evil.example' },
    'identifier=a',
  )
  expect(foreign.status).toBe(403)
  const opaque = await ask('/trpc/chat.create', { 'content-type': 'application/json', host, origin: 'null' }, '{}')
  expect(opaque.status).toBe(403)
})

test('refuses a body that is too large before reading it', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': '2000001' }
  const { status, text } = await ask('/trpc/memory.add', headers, 'x'.repeat(2_000_001))
  expect(status).toBe(413)
  expect(text).toContain('send it in parts')
})

test('takes no more calls in one request than its own pages send', async () => {
  const batch = (calls: number) =>
    fetch(`${server.url}/trpc/${Array(calls).fill('session.config').join()}?batch=1`, { method: 'GET' })
  expect((await batch(100)).status).toBe(200)
  expect((await batch(101)).status).toBe(400)
})

test('lets scripts, frames and connections come from nowhere but itself', async () => {
  const policy = (await fetch(`${server.url}/trpc/session.config`)).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self';")
  expect(policy).toContain("worker-src 'self' blob:")
  expect(policy).toContain("frame-ancestors 'none'")
})

test('an unknown procedure and a malformed input are told apart from a refusal', async () => {
  const unknown = await fetch(`${server.url}/trpc/nothing.here`)
  expect(unknown.status).toBe(404)
  const person = await server.signUp('ada@example.org')
  const malformed = await fetch(`${server.url}/trpc/memory.search?input=${encodeURIComponent('{"query":""}')}`, {
    headers: { authorization: `Bearer ${await person.token()}` },
  })
  expect(malformed.status).toBe(400)
  const { error } = await malformed.json()
  expect(error.message).toBe('The search is empty: write something first')
  expect(error.data.fields.fieldErrors.query).toEqual(['The search is empty: write something first'])
})

test('a page that was never given out is refused in words, not by the database', async () => {
  const api = server.api(await server.signUp('grace@example.org'))
  const id = '019a0000-0000-7000-8000-000000000000'
  const forged = Buffer.from(`0 2026-99-99T99:99:99.999Z ${id}`).toString('base64url')
  const refusal = { data: { code: 'BAD_REQUEST' } }
  await expect(api.chat.threads.query({ cursor: forged })).rejects.toMatchObject(refusal)
  await expect(api.memory.list.query({ cursor: `2026-99-99T99:99:99.999Z ${id}` })).rejects.toMatchObject(refusal)
  await expect(api.memory.list.query({ cursor: '2026-01-01T00:00:00.000Z nobody' })).rejects.toMatchObject(refusal)
})

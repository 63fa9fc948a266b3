import { createHmac } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'
import { claimsFor, sign, signingKeyOf, strangersKey, unsigned } from '../tokens.ts'

let server: TestServer
let ada: Person

beforeAll(async () => {
  server = await startServer()
  ada = await server.signUp('ada@example.com')
})
afterAll(() => server.close())

async function me(authorization?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/trpc/session.me`, {
    headers: { ...headers, ...(authorization ? { authorization } : {}) },
  })
  const { error, result } = await response.json()
  return { status: response.status, reason: error?.data.auth?.reason, message: error?.message, me: result?.data }
}

async function forged(change: JWTPayload, alg?: string) {
  const { kid, key } = await signingKeyOf(server)
  return me(`Bearer ${await sign({ ...claimsFor(server, ada), ...change }, kid, key, alg)}`)
}

describe('A good token', () => {
  it('is taken from the Authorization header', async () => {
    expect(await me(`Bearer ${await ada.token()}`)).toMatchObject({ status: 200, me: { email: 'ada@example.com' } })
  })

  it('is what the forged ones below are made of', async () => {
    expect(await forged({})).toMatchObject({ status: 200 })
  })

  it('in a cookie alone signs nobody in', async () => {
    const token = await ada.token()
    const cookie = `__session=${token}; __client_uat=1; ${ada.cookie}`
    expect(await me(undefined, { cookie })).toMatchObject({ status: 401, reason: 'missing' })
  })

  it('serves on the host it was made for and no other, though it was taken there before', async () => {
    const authorization = `Bearer ${await ada.token()}`
    expect(await me(authorization)).toMatchObject({ status: 200 })
    const elsewhere = server.url.replace('127.0.0.1', 'localhost')
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization, host: new URL(elsewhere).host }
      get(`${server.url}/trpc/session.me`, { headers }, resolve).on('error', reject)
    })
    answer.resume()
    expect(answer.statusCode).toBe(401)
  })

  it('serves until it expires, and not a moment longer', async () => {
    const token = await ada.token()
    server.clock.advance(59_999)
    expect(await me(`Bearer ${token}`)).toMatchObject({ status: 200 })
    server.clock.advance(1)
    expect(await me(`Bearer ${token}`)).toMatchObject({ status: 401, reason: 'expired' })
  })
})

describe('A forged token is refused as invalid', () => {
  const refused = { status: 401, reason: 'invalid' }
  const base = () => claimsFor(server, ada)

  it('with alg none, signed by nothing or by garbage', async () => {
    const { kid } = await signingKeyOf(server)
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await me(`Bearer ${unsigned({ alg, kid, typ: 'JWT' }, base())}`)).toMatchObject(refused)
      expect(await me(`Bearer ${unsigned({ alg, kid, typ: 'JWT' }, base(), 'AAAA')}`)).toMatchObject(refused)
    }
  })

  it('with HS256 keyed by the public key', async () => {
    const { kid, publicKey } = await signingKeyOf(server)
    const input = unsigned({ alg: 'HS256', kid, typ: 'JWT' }, base()).slice(0, -1)
    const signature = createHmac('sha256', publicKey).update(input).digest('base64url')
    expect(await me(`Bearer ${input}.${signature}`)).toMatchObject(refused)
  })

  it('with any algorithm but RS256, even under the right key', async () => {
    expect(await forged({}, 'RS512')).toMatchObject(refused)
  })

  it('with a key of its own, under our key name or another', async () => {
    const { kid } = await signingKeyOf(server)
    expect(await me(`Bearer ${await sign(base(), kid, strangersKey)}`)).toMatchObject(refused)
    expect(await me(`Bearer ${await sign(base(), 'another', strangersKey)}`)).toMatchObject(refused)
  })

  it('with a claim changed after signing', async () => {
    const [head, , signature] = (await ada.token()).split('.')
    const body = Buffer.from(JSON.stringify({ ...base(), sub: 'user_other' })).toString('base64url')
    expect(await me(`Bearer ${head}.${body}.${signature}`)).toMatchObject(refused)
  })

  it.each([
    ['a wrong issuer', { iss: 'https://clerk.elsewhere.test' }],
    ['no issuer', { iss: undefined }],
    ['another page as its party', { azp: 'https://elsewhere.test' }],
    ['no party', { azp: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['no session', { sid: undefined }],
    ['a session that is pending', { sts: 'pending' }],
    ['no end', { exp: undefined }],
  ])('with %s', async (_what, change) => {
    expect(await forged(change)).toMatchObject(refused)
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer not.a.jwt',
    'Bearer ..',
    'Basic YWRhOnB3',
    `Bearer ${'a'.repeat(9000)}.b.c`,
    'Bearer e30.e30.e30',
  ])('when it is no token at all: %.20s', async (authorization) => {
    expect(await me(authorization)).toMatchObject(refused)
  })

  it('and an opaque machine token is refused without a word to anyone outside', async () => {
    const outside = vi.spyOn(globalThis, 'fetch')
    try {
      for (const token of ['mt_0123456789', 'ak_0123456789', 'oat_0123456789']) {
        expect(await me(`Bearer ${token}`)).toMatchObject(refused)
      }
      const asked = outside.mock.calls.map(([input]) => new URL(String(input)).host)
      expect(asked.filter((host) => host !== new URL(server.url).host)).toEqual([])
    } finally {
      outside.mockRestore()
    }
  })
})

describe('What is no fault of the caller', () => {
  it('a token refused only for its age is expired, however good it was', async () => {
    const now = Math.floor(server.clock.now() / 1000)
    expect(await forged({ iat: now - 120, nbf: now - 120, exp: now - 60 })).toMatchObject({
      status: 401,
      reason: 'expired',
    })
  })

  it.each([['iat'], ['nbf']])('a genuine token from the future (%s) shows that this clock is behind', async (claim) => {
    const ahead = Math.floor(server.clock.now() / 1000) + 60
    const answer = await forged({ [claim]: ahead, exp: ahead + 60 })
    expect(answer).toMatchObject({ status: 503, reason: undefined })
    expect(answer.message).toMatch(/clock is behind/)
  })

  it('a forged token from the future is still a forged token', async () => {
    const { kid } = await signingKeyOf(server)
    const ahead = Math.floor(server.clock.now() / 1000) + 60
    const claims = { ...claimsFor(server, ada), iat: ahead, exp: ahead + 60 }
    expect(await me(`Bearer ${await sign(claims, kid, strangersKey)}`)).toMatchObject({
      status: 401,
      reason: 'invalid',
    })
  })
})

it('No token that was refused, and none that was taken, stands in the log', async () => {
  const token = await ada.token()
  await me(`Bearer ${token}`)
  await me(`Bearer ${token}x`)
  expect(server.logged.join('\n')).not.toContain(token.slice(0, 40))
})

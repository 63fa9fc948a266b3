import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localClerk } from '#server/local-clerk/local-clerk.ts'
import { startServer, type TestServer } from '../harness.ts'
import { createBrowser, PASSWORD } from '../person.ts'

const FILE = 'clerk.browser.js'
const source = readFileSync(`node_modules/@clerk/clerk-js/dist/${FILE}`)
const { version } = JSON.parse(readFileSync('node_modules/@clerk/clerk-js/package.json', 'utf8'))

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

function download(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status?: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    get(`${server.url}/__clerk/npm/@clerk/${path}`, { headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk) => chunks.push(chunk))
      res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks) }))
    }).on('error', reject)
  })
}

describe('clerk-js', () => {
  it('comes from the npm package, compressed', async () => {
    const { headers, body } = await download(`clerk-js@6/dist/${FILE}`, { 'accept-encoding': 'gzip, br' })
    expect(headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'content-encoding': 'gzip' })
    expect(body.length).toBeLessThan(100_000)
    expect(gunzipSync(body).equals(source)).toBe(true)
  })

  it('comes plain to whoever cannot unpack it', async () => {
    const { headers, body } = await download(`clerk-js@6/dist/${FILE}`)
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.equals(source)).toBe(true)
  })

  it('is kept for ever under its exact version, and asked after under any other', async () => {
    const exact = await download(`clerk-js@${version}/dist/${FILE}`)
    expect(exact.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const any = await download(`clerk-js@6/dist/${FILE}`)
    expect(any.headers['cache-control']).toBe('no-cache')
    const again = await download(`clerk-js@6/dist/${FILE}`, { 'if-none-match': String(any.headers.etag) })
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) })
  })

  it.each(['../package.json', '..%2Fpackage.json', 'nothing.js', 'types/index.d.ts'])(
    'is all that is served: not %s',
    async (file) => {
      expect((await download(`clerk-js@6/dist/${file}`)).status).toBe(404)
    },
  )
})

describe('The API', () => {
  it('offers an e-mail address and a password, and no captcha', async () => {
    const environment = await (await createBrowser(server.url).ask('/environment')).json()
    expect(environment.user_settings.attributes).toMatchObject({ email_address: { enabled: true } })
    expect(environment.user_settings.sign_up.captcha_enabled).toBe(false)
  })

  it("says in Clerk's shape what it does not have", async () => {
    const response = await createBrowser(server.url).ask('/client/nothing', {})
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({
      errors: [{ code: 'resource_not_found', message: expect.any(String), long_message: expect.any(String), meta: {} }],
    })
  })

  it('refuses a body that cannot be read, as the sender’s fault', async () => {
    const response = await createBrowser(server.url).ask('/client/sign_ins', { identifier: 'x'.repeat(20_000) })
    expect(response.status).toBe(413)
  })

  it('answers 503, never 500, when the database does not: on a 500 clerk-js signs the person out', async () => {
    const person = await server.signUp('outage@example.com')
    const { db } = server.deps
    const failing = new Proxy(db.prisma, {
      get(prisma, name) {
        if (name === 'localClient') throw new Error('the database does not answer')
        return Reflect.get(prisma, name)
      },
    })
    const other = await startServer({ db: { ...db, prisma: failing }, clock: server.clock })
    for (const answer of [
      await person.ask('/client', undefined, other.url),
      await person.ask(`/client/sessions/${person.sessionId}/tokens`, {}, other.url),
    ]) {
      expect(answer.status).toBe(503)
      expect((await answer.json()).errors[0].message).toMatch(/try again/)
    }
    expect(other.logged.join()).toContain('the local identity failed')
    await other.close()
  })
})

describe('The signing key', () => {
  it('is one, though several servers start at once on a new database', async () => {
    const { db } = server.deps
    await db.prisma.localSigningKey.deleteMany()
    const started = await Promise.all(Array.from({ length: 4 }, () => localClerk(server.deps)))
    const keys = await Promise.all(started.map(({ issuer }) => issuer.publicKey('local_1')))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toContain('BEGIN PUBLIC KEY')
    expect(await db.prisma.localSigningKey.count()).toBe(1)
    await Promise.all(started.map((it) => it.close()))
  })

  it('outlives the process', async () => {
    const first = await startServer({ db: server.deps.db, clock: server.clock })
    const person = createBrowser(first.url)
    await person.ask('/client/sign_ups', { email_address: 'stay@example.com', password: PASSWORD })
    const { response } = await (await person.ask('/client')).json()
    person.sessionId = response.last_active_session_id
    await first.close()
    const second = await startServer({ db: server.deps.db, clock: server.clock })
    const authorization = `Bearer ${await person.token(second.url)}`
    expect((await fetch(`${second.url}/trpc/session.me`, { headers: { authorization } })).status).toBe(200)
    await second.close()
  })
})

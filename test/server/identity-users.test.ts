import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '#server/router.ts'
import { startServer, type TestServer } from '../harness.ts'

const PUBLIC = ['session.config']
// Flat at run time, by path; nested in the types.
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('Every procedure', () => {
  it.each(Object.entries(procedures).map(([path, { _def }]) => [path, _def.type]))(
    '%s knows who is calling, or is public by name',
    async (path, type) => {
      const asMutation = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      const response = await fetch(`${server.url}/trpc/${path}`, type === 'mutation' ? asMutation : {})
      const text = await response.text()
      if (PUBLIC.includes(path)) {
        expect(response.status).toBe(200)
        return
      }
      if (type !== 'subscription') expect(response.status).toBe(401)
      const refusal = type === 'subscription' ? text : JSON.parse(text).error.message
      expect(refusal).toMatch(/Authentication required\. Please sign in to [a-z ]+\./)
      expect(text).toContain('"code":"UNAUTHORIZED"')
      expect(text).toContain('"auth":{"reason":"missing"}')
    },
  )
})

describe('The user row', () => {
  it('is made at the first call and found at every later one', async () => {
    const api = server.api(await server.signUp('grace@example.com'))
    const me = await api.session.me.query()
    expect(me).toMatchObject({ email: 'grace@example.com', name: 'Ada', timeZone: 'UTC' })
    expect(me.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(await api.session.me.query()).toEqual(me)
  })

  it('is one, though the first 50 calls come at once', async () => {
    const kay = await server.signUp('kay@example.com')
    const token = await kay.token()
    const call = () => fetch(`${server.url}/trpc/session.me`, { headers: { authorization: `Bearer ${token}` } })
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await call()).json()))
    expect(new Set(answers.map((answer) => answer.result.data.id)).size).toBe(1)
    expect(await server.deps.db.prisma.user.count({ where: { subject: kay.subject } })).toBe(1)
  })

  it('is one, though two servers see the person first at the same moment', async () => {
    const other = await startServer({ db: server.deps.db, clock: server.clock })
    const joan = await server.signUp('joan@example.com')
    const call = async ({ url }: TestServer) => {
      const authorization = `Bearer ${await joan.token(url)}`
      return fetch(`${url}/trpc/session.me`, { headers: { authorization } }).then((it) => it.json())
    }
    const answers = await Promise.all([server, other, server, other].map(call))
    expect(new Set(answers.map((answer) => answer.result.data.id)).size).toBe(1)
    await other.close()
  })

  it("keeps the browser's time zone and language from the first call on", async () => {
    const mary = await server.signUp('mary@example.com')
    const call = async (headers: Record<string, string>) => {
      const authorization = `Bearer ${await mary.token()}`
      const response = await fetch(`${server.url}/trpc/session.me`, { headers: { ...headers, authorization } })
      return (await response.json()).result.data
    }
    const first = await call({ 'x-time-zone': 'Europe/Lisbon', 'accept-language': 'pt-PT,pt;q=0.9' })
    expect(first).toMatchObject({ timeZone: 'Europe/Lisbon', locale: 'pt-PT' })
    expect(await call({ 'x-time-zone': 'Asia/Tokyo', 'accept-language': 'ja' })).toEqual(first)
  })

  it('is made all the same when the browser tells nonsense of its place', async () => {
    const authorization = `Bearer ${await (await server.signUp('ida@example.com')).token()}`
    const headers = { authorization, 'x-time-zone': 'Mars/Olympus', 'accept-language': '*' }
    const response = await fetch(`${server.url}/trpc/session.me`, { headers })
    expect((await response.json()).result.data).toMatchObject({ timeZone: 'UTC', locale: 'en' })
  })

  it('belongs to a person: nothing anywhere is called anonymous', async () => {
    await fetch(`${server.url}/trpc/session.me`)
    const users = await server.deps.db.prisma.user.findMany()
    expect(users.length).toBeGreaterThan(0)
    expect(JSON.stringify(users) + server.logged.join()).not.toMatch(/anonymous/i)
  })
})

describe('Settings', () => {
  it('are stored, and seen by the calls that follow', async () => {
    const api = server.api(await server.signUp('emmy@example.com'))
    const saved = await api.session.settings.mutate({ timeZone: 'America/Sao_Paulo', locale: 'pt-BR' })
    expect(saved).toMatchObject({ timeZone: 'America/Sao_Paulo', locale: 'pt-BR' })
    expect(await api.session.me.query()).toEqual(saved)
  })

  it('name the field that is wrong', async () => {
    const api = server.api(await server.signUp('rosa@example.com'))
    await expect(api.session.settings.mutate({ timeZone: 'Nowhere' })).rejects.toMatchObject({
      data: { code: 'BAD_REQUEST', fields: { fieldErrors: { timeZone: [expect.stringContaining('Europe/Lisbon')] } } },
    })
  })
})

describe('A database that does not answer', () => {
  it('is no reason to call anyone signed out', async () => {
    const vera = await server.signUp('vera@example.com')
    const { db } = server.deps
    const failing = new Proxy(db.prisma, {
      get(prisma, name) {
        if (name === 'user') throw new Error('the database does not answer')
        return Reflect.get(prisma, name)
      },
    })
    const other = await startServer({ db: { ...db, prisma: failing }, clock: server.clock })
    const authorization = `Bearer ${await vera.token(other.url)}`
    const response = await fetch(`${other.url}/trpc/session.me`, { headers: { authorization } })
    const { error } = await response.json()
    expect(error.data).toMatchObject({ code: 'SERVICE_UNAVAILABLE', auth: null })
    expect(error.message).toMatch(/try again/)
    await other.close()
  })
})

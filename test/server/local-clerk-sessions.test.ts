import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../harness.ts'
import { createBrowser, PASSWORD, type Person } from '../person.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let server: TestServer

beforeAll(async () => {
  server = await startServer({ environment: { LOCAL_SESSION_DAYS: '7', LOCAL_INACTIVITY_DAYS: '2' } })
})
afterAll(() => server.close())

const sessions = async (person: Person) => (await (await person.ask('/client')).json()).response?.sessions
const tokens = (person: Person, id = person.sessionId) => person.ask(`/client/sessions/${id}/tokens`, {})
const touch = (person: Person) => person.ask(`/client/sessions/${person.sessionId}/touch`, { intent: 'focus' })
const claims = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())

function me(token: string) {
  return fetch(`${server.url}/trpc/session.me`, { headers: { authorization: `Bearer ${token}` } })
}

async function reasonFor(token: string) {
  const response = await me(token)
  return response.ok ? null : (await response.json()).error.data.auth.reason
}

describe('A token', () => {
  it('says what Clerk says in one, for a minute', async () => {
    const ada = await server.signUp('ada@example.com')
    const now = server.clock.now() / 1000
    expect(claims(await ada.token())).toEqual({
      iss: 'https://clerk.local.test',
      azp: server.url,
      sub: ada.subject,
      sid: ada.sessionId,
      sts: 'active',
      v: 2,
      fva: [0, -1],
      iat: now,
      nbf: now,
      exp: now + 60,
      jti: expect.any(String),
    })
  })

  it('is never the one before, not even within one second', async () => {
    const person = await server.signUp('twice@example.com')
    expect(await person.token()).not.toBe(await person.token())
  })

  it('lives as long as configured', async () => {
    const short = await startServer({ environment: { LOCAL_TOKEN_SECONDS: '5' } })
    const { exp, iat } = claims(await (await short.signUp('ada@example.com')).token())
    expect(exp - iat).toBe(5)
    await short.close()
  })

  it('is for the browser that holds the session alone', async () => {
    const owner = await server.signUp('owner@example.com')
    const thief = await server.signUp('thief@example.com')
    expect((await tokens(thief, owner.sessionId)).status).toBe(401)
    expect((await tokens(createBrowser(server.url), owner.sessionId)).status).toBe(401)
  })
})

describe('Signing out', () => {
  it('ends the session: no new token, and the last one is refused as revoked', async () => {
    const person = await server.signUp('out@example.com')
    const token = await person.token()
    expect(await reasonFor(token)).toBeNull()
    const { client } = await (await person.ask('/client/sessions?_method=DELETE', {})).json()
    expect(client.sessions).toEqual([])
    expect((await tokens(person)).status).toBe(401)
    expect(await reasonFor(token)).toBe('revoked')
  })

  it('revokes a token that this server never saw before', async () => {
    const person = await server.signUp('unseen@example.com')
    const token = await person.token()
    await person.ask('/client/sessions?_method=DELETE', {})
    expect(await reasonFor(token)).toBe('revoked')
  })

  it('is seen by other servers of the same database', async () => {
    const other = await startServer({ db: server.deps.db, clock: server.clock })
    const person = await server.signUp('both@example.com')
    const token = await person.token(other.url)
    const there = async () => {
      const response = await fetch(`${other.url}/trpc/session.me`, { headers: { authorization: `Bearer ${token}` } })
      return response.status
    }
    expect(await there()).toBe(200)
    await person.ask('/client/sessions?_method=DELETE', {})
    await expect.poll(there).toBe(401)
    await other.close()
  })

  it('of one of several leaves the others signed in', async () => {
    const first = await server.signUp('one@example.com')
    await server.signUp('other@example.com')
    const kept = first.sessionId
    await first.signIn('other@example.com')
    await first.ask(`/client/sessions/${first.sessionId}/remove`, {})
    expect((await sessions(first)).map((it: { id: string }) => it.id)).toEqual([kept])
    expect((await tokens(first, kept)).status).toBe(200)
  })

  it('is not needed to change between two people: the page opens with whom it last showed', async () => {
    const browser = await server.signUp('anna@example.com')
    const anna = browser.sessionId
    await server.signUp('bert@example.com')
    await browser.signIn('bert@example.com')
    server.clock.advance(1000)
    await browser.ask(`/client/sessions/${anna}/touch`, { intent: 'select_session' })
    expect((await (await browser.ask('/client')).json()).response.last_active_session_id).toBe(anna)
  })

  it('ends nothing in other browsers', async () => {
    const desk = await server.signUp('desk@example.com')
    const phone = createBrowser(server.url)
    await phone.signIn('desk@example.com')
    await desk.ask('/client/sessions?_method=DELETE', {})
    expect((await tokens(phone)).status).toBe(200)
  })
})

describe('A session ends by time', () => {
  it('at its lifetime, however busy it was', async () => {
    const person = await server.signUp('life@example.com')
    const [session] = await sessions(person)
    expect(session.expire_at).toBe(server.clock.now() + 7 * DAY)
    for (let day = 0; day < 6; day++) {
      server.clock.advance(DAY)
      expect((await tokens(person)).status).toBe(200)
    }
    server.clock.advance(DAY - 1)
    const last = await person.token()
    server.clock.advance(1)
    expect((await tokens(person)).status).toBe(401)
    expect((await touch(person)).status).toBe(401)
    expect(await sessions(person)).toEqual([])
    server.clock.advance(60_000)
    expect(await reasonFor(last)).toBe('expired')
  })

  it('but not for good: a clock that was set wrong costs nobody a session once it is right again', async () => {
    const person = await server.signUp('clock@example.com')
    server.clock.jump(20 * DAY)
    expect((await tokens(person)).status).toBe(401)
    await server.signUp('meanwhile@example.com')
    server.clock.jump(-20 * DAY)
    expect((await tokens(person)).status).toBe(200)
  })

  it('at its lifetime, unless the person wishes to stay signed in', async () => {
    const person = await server.signUp('stay@example.com')
    server.clock.advance(DAY)
    await touch(person)
    expect((await sessions(person))[0].expire_at).toBe(server.clock.now() + 6 * DAY)
    const stayed = await person.ask(`/client/sessions/${person.sessionId}/touch`, { active_organization_id: '' })
    expect((await stayed.json()).response.expire_at).toBe(server.clock.now() + 7 * DAY)
  })

  it('for want of use, which every token and every touch puts off', async () => {
    const person = await server.signUp('idle@example.com')
    server.clock.advance(2 * DAY - 1)
    expect((await tokens(person)).status).toBe(200)
    expect((await sessions(person))[0].abandon_at).toBe(server.clock.now() + 2 * DAY)
    server.clock.advance(2 * DAY - 1)
    expect((await touch(person)).status).toBe(200)
    server.clock.advance(2 * DAY)
    expect((await tokens(person)).status).toBe(401)
  })
})

describe('The cookie', () => {
  it('is out of reach of scripts, other sites and the rest of the page', async () => {
    const response = await fetch(`${server.url}/__clerk/v1/client/sign_ups`, {
      method: 'POST',
      body: new URLSearchParams({ email_address: 'cookie@example.com', password: PASSWORD }),
    })
    const cookie = response.headers.get('set-cookie')
    expect(cookie).toMatch(/^__client=[\w-]{43};.*Path=\/__clerk;.*HttpOnly; SameSite=Lax$/)
    expect(cookie).not.toContain('Secure')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('is sent over https alone where the page came by it', async () => {
    const origin = server.url.replace('http:', 'https:')
    const response = await fetch(`${server.url}/__clerk/v1/client/sign_ups`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ email_address: 'secure@example.com', password: PASSWORD }),
    })
    expect(response.headers.get('set-cookie')).toContain('Secure')
  })

  it('is kept as a hash', async () => {
    const person = await server.signUp('hash@example.com')
    const rows = JSON.stringify(await server.deps.db.prisma.localClient.findMany())
    expect(rows).not.toContain(person.cookie.slice('__client='.length))
  })

  it('that someone planted before the sign-in is worth nothing after it', async () => {
    const planted = createBrowser(server.url)
    await planted.ask('/client/sign_ins', { identifier: 'any@example.com' })
    const victim = createBrowser(server.url)
    victim.cookie = planted.cookie
    await victim.ask('/client/sign_ups', { email_address: 'victim@example.com', password: PASSWORD })
    expect(victim.cookie).not.toBe(planted.cookie)
    expect(await sessions(planted)).toBeUndefined()
  })

  it('that someone planted with a session of their own is worth nothing after the sign-in either', async () => {
    const thief = await server.signUp('planter@example.com')
    await server.signUp('second-victim@example.com')
    const victim = createBrowser(server.url)
    victim.cookie = thief.cookie
    await victim.signIn('second-victim@example.com')
    expect(victim.cookie).not.toBe(thief.cookie)
    expect(await sessions(thief)).toBeUndefined()
    expect((await tokens(thief, victim.sessionId)).status).toBe(401)
    const kept = (await sessions(victim)).map((it: { id: string }) => it.id)
    expect(kept.sort()).toEqual([victim.sessionId, thief.sessionId].sort())
  })

  it('that is not known changes nothing and is not replaced', async () => {
    const stranger = createBrowser(server.url)
    stranger.cookie = '__client=unknown'
    const response = await stranger.ask('/client')
    expect(await response.json()).toEqual({ response: null, client: null })
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it('changes each hour, and a request on its way with the old one is served', async () => {
    const tab = await server.signUp('rotate@example.com')
    const old = tab.cookie
    server.clock.advance(HOUR)
    await tab.token()
    const fresh = tab.cookie
    expect(fresh).not.toBe(old)

    const late = Object.assign(createBrowser(server.url), { cookie: old, sessionId: tab.sessionId })
    expect((await tokens(late)).status).toBe(200)

    server.clock.advance(31_000)
    expect((await tokens(tab)).status).toBe(200)
    late.cookie = old
    expect((await tokens(late)).status).toBe(401)
    expect(tab.cookie).toBe(fresh)
  })

  it('of two tabs that ask at once changes once, and both stay signed in', async () => {
    const tab = await server.signUp('tabs@example.com')
    server.clock.advance(HOUR)
    const answers = await Promise.all(Array.from({ length: 6 }, () => tokens({ ...tab } as Person)))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
    expect(answers.filter((answer) => answer.headers.has('set-cookie'))).toHaveLength(1)
    expect((await tokens(tab)).status).toBe(200)
  })

  it('whose replacement was lost on the way stays good and is replaced again', async () => {
    const tab = await server.signUp('lost@example.com')
    const old = tab.cookie
    server.clock.advance(HOUR)
    await tab.token()
    tab.cookie = old
    server.clock.advance(HOUR)
    expect((await tokens(tab)).status).toBe(200)
    expect(tab.cookie).not.toBe(old)
    server.clock.advance(31_000)
    expect((await tokens(tab)).status).toBe(200)
  })
})

it('Sessions that are over, and browsers without one, are forgotten; those in use stay', async () => {
  const { localClient, localSession } = server.deps.db.prisma
  const out = await server.signUp('left@example.com')
  await out.ask('/client/sessions?_method=DELETE', {})
  await createBrowser(server.url).ask('/client/sign_ins', { identifier: 'begun@example.com' })
  const away = await server.signUp('away@example.com')
  server.clock.advance(60 * DAY)
  const stays = await server.signUp('stays@example.com')
  const kept = await localSession.findMany({ select: { id: true } })
  expect(kept.map(({ id }) => id)).toEqual([stays.sessionId])
  expect(await localClient.count()).toBe(1)
  expect((await tokens(away)).status).toBe(401)
})

it("A form of another site is refused, with the person's cookie or without", async () => {
  const person = await server.signUp('csrf@example.com')
  for (const origin of ['https://elsewhere.test', 'null']) {
    const response = await fetch(`${server.url}/__clerk/v1/client/sessions?_method=DELETE`, {
      method: 'POST',
      headers: { origin, cookie: person.cookie },
    })
    expect(response.status).toBe(403)
  }
  expect((await tokens(person)).status).toBe(200)
})

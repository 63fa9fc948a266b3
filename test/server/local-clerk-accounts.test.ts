import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../harness.ts'
import { createBrowser, PASSWORD } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const browser = () => createBrowser(server.url)
const signIn = (identifier: string, password: string, at = browser()) =>
  at.ask('/client/sign_ins', { identifier, password })

async function problem(response: Response) {
  const { errors } = await response.json()
  return { status: response.status, code: errors[0].code, message: errors[0].message, field: errors[0].meta.param_name }
}

describe('Signing up', () => {
  it('makes an account and signs it in', async () => {
    const ada = browser()
    const form = { email_address: 'ada@example.com', password: PASSWORD, first_name: 'Ada' }
    const signedUp = await (await ada.ask('/client/sign_ups', form)).json()
    expect(signedUp.response).toMatchObject({ status: 'complete', email_address: 'ada@example.com' })
    const { response: client } = await (await ada.ask('/client')).json()
    expect(client.sessions).toHaveLength(1)
    expect(client.last_active_session_id).toBe(signedUp.response.created_session_id)
    expect(client.sessions[0]).toMatchObject({
      id: client.last_active_session_id,
      status: 'active',
      user: { first_name: 'Ada', email_addresses: [{ email_address: 'ada@example.com' }] },
      last_active_token: { object: 'token', jwt: expect.any(String) },
    })
  })

  it('knows an address in any case as the same one, and says that it is taken', async () => {
    await server.signUp('taken@example.com')
    const again = await browser().ask('/client/sign_ups', { email_address: 'Taken@Example.COM', password: PASSWORD })
    expect(await problem(again)).toMatchObject({ status: 422, code: 'form_identifier_exists', field: 'email_address' })
  })

  it.each([
    ['no address', { password: PASSWORD }, 'email_address', /Enter your e-mail/],
    ['no address in what was typed', { email_address: 'ada', password: PASSWORD }, 'email_address', /not an e-mail/],
    ['no password', { email_address: 'new@example.com' }, 'password', /Choose a password/],
    ['a short password', { email_address: 'new@example.com', password: '1234567' }, 'password', /at least 8/],
    ['an endless one', { email_address: 'new@example.com', password: 'x'.repeat(300) }, 'password', /at most 256/],
  ])('says at which field what is wrong: %s', async (_what, form, field, message) => {
    const refused = await problem(await browser().ask('/client/sign_ups', form as Record<string, string>))
    expect(refused).toMatchObject({ status: 422, field })
    expect(refused.message).toMatch(message)
  })

  it('keeps no password, and logs neither it nor the address', async () => {
    await browser().ask('/client/sign_ups', { email_address: 'secret@example.com', password: PASSWORD })
    const rows = JSON.stringify([
      await server.deps.db.prisma.localAccount.findMany(),
      await server.deps.db.prisma.localClient.findMany(),
    ])
    expect(rows).toContain('$scrypt$')
    expect(rows + server.logged.join()).not.toContain(PASSWORD)
    expect(server.logged.join()).not.toContain('secret@example.com')
  })
})

describe('Signing in', () => {
  it('takes the password, however its letters are composed', async () => {
    const password = 'caf\u00e9 au lait'
    await browser().ask('/client/sign_ups', { email_address: 'joan@example.com', password })
    expect((await signIn('JOAN@example.com ', 'cafe\u0301 au lait')).status).toBe(200)
  })

  it('asks who first and the password then, if the page prefers', async () => {
    await server.signUp('two@example.com')
    const at = browser()
    const begun = await (await at.ask('/client/sign_ins', { identifier: 'two@example.com' })).json()
    expect(begun.response).toMatchObject({ status: 'needs_first_factor', created_session_id: null })
    expect(begun.client.sign_in.id).toBe(begun.response.id)
    const path = `/client/sign_ins/${begun.response.id}/attempt_first_factor`
    expect((await at.ask(path, { strategy: 'password', password: 'wrong' })).status).toBe(422)
    expect((await browser().ask(path, { strategy: 'password', password: PASSWORD })).status).toBe(404)
    const done = await (await at.ask(path, { strategy: 'password', password: PASSWORD })).json()
    expect(done.response.status).toBe('complete')
    expect(done.client).toMatchObject({ sign_in: null, sessions: [{ id: done.response.created_session_id }] })
  })

  it('says the same of a wrong password and of an unknown address', async () => {
    await server.signUp('known@example.com')
    const known = await problem(await signIn('known@example.com', 'wrong password'))
    const unknown = await problem(await signIn('unknown@example.com', 'wrong password'))
    expect(known).toEqual(unknown)
    expect(known).toMatchObject({ status: 422, code: 'form_password_incorrect' })
  })

  it('works as long on an unknown address as on a wrong password', async () => {
    await browser().ask('/client/sign_ups', { email_address: 'timed@example.com', password: PASSWORD })
    const cost = async (address: string) => {
      const before = process.cpuUsage()
      for (let i = 0; i < 3; i++) await signIn(address, 'wrong password')
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const ratio = (await cost('nobody@example.com')) / (await cost('timed@example.com'))
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })

  it('twice in one browser keeps the session and renews its lifetime', async () => {
    const grace = await server.signUp('grace@example.com')
    const before = await (await grace.ask('/client')).json()
    server.clock.advance(86_400_000)
    const { response, client } = await (await signIn('grace@example.com', PASSWORD, grace)).json()
    expect(response.created_session_id).toBe(grace.sessionId)
    expect(client.sessions).toHaveLength(1)
    expect(client.sessions[0].expire_at - before.response.sessions[0].expire_at).toBe(86_400_000)
  })

  it('as someone else adds a session beside the first', async () => {
    const first = await server.signUp('first@example.com')
    await server.signUp('second@example.com')
    const { response, client } = await (await signIn('second@example.com', PASSWORD, first)).json()
    expect(client.sessions.map((it: { id: string }) => it.id)).toEqual([response.created_session_id, first.sessionId])
    expect(client.last_active_session_id).toBe(response.created_session_id)
  })
})

describe('Trying passwords', () => {
  let guarded: TestServer
  afterEach(() => guarded.close())

  it('ends after ten failures for an address, with a time to try again, and leaves other addresses alone', async () => {
    guarded = await startServer()
    await guarded.signUp('goal@example.com')
    const at = createBrowser(guarded.url)
    const attempt = (identifier: string, password = 'guess') => at.ask('/client/sign_ins', { identifier, password })
    for (let i = 0; i < 10; i++)
      expect((await attempt(i % 2 ? 'goal@example.com' : ' GOAL@example.com')).status).toBe(422)
    const refused = await attempt('goal@example.com', PASSWORD)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problem(refused)).toMatchObject({
      status: 429,
      message: expect.stringMatching(/Try again in 15 minutes/),
    })
    expect((await attempt('other@example.com')).status).toBe(422)

    const begun = await (await at.ask('/client/sign_ins', { identifier: 'fresh@example.com' })).json()
    expect(begun.response.status).toBe('needs_first_factor')
  })

  it('cannot fill the database: sign-ins that are only ever begun end after a hundred', async () => {
    guarded = await startServer()
    const begin = () => createBrowser(guarded.url).ask('/client/sign_ins', { identifier: 'goal@example.com' })
    const answers = []
    for (let i = 0; i < 101; i++) answers.push((await begin()).status)
    expect(answers).toEqual([...Array(100).fill(200), 429])
    expect(await guarded.deps.db.prisma.localClient.count()).toBe(100)
  })
})

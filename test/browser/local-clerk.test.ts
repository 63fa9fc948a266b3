import { Router } from 'express'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCAL_PUBLISHABLE_KEY } from '#server/local-clerk/token.ts'
import { type Clock, systemClock } from '#shared/clock.ts'
import { startServer, type TestServer } from '../harness.ts'
import { PASSWORD } from '../person.ts'
import { browserTest } from './browser.ts'

/** clerk-js as it is loaded into the page below. */
interface ClerkWindow {
  Clerk: {
    load(options: object): Promise<void>
    client: {
      signUp: { create(person: object): Promise<{ createdSessionId: string }> }
      signIn: { create(person: object): Promise<{ createdSessionId: string }> }
      sessions: { id: string }[]
    }
    session: {
      id: string
      expireAt: Date
      getToken(options?: object): Promise<string | null>
      touch(): Promise<unknown>
    } | null
    user: { primaryEmailAddress: { emailAddress: string } } | null
    setActive(options: object): Promise<void>
    signOut(options?: object): Promise<void>
  }
}

/** A page with nothing on it but clerk-js, loaded as `<ClerkProvider proxyUrl="/__clerk">` loads it. */
const page = Router().get('/', (_req, res) => {
  res.type('html').send(`<!doctype html><title>clerk-js</title><script
    src="/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js"
    data-clerk-publishable-key="${LOCAL_PUBLISHABLE_KEY}" data-clerk-proxy-url="/__clerk"></script>`)
})

const { openPage } = browserTest()
let server: TestServer<Clock>

beforeAll(async () => {
  server = await startServer({
    clock: systemClock,
    environment: { LOCAL_TOKEN_SECONDS: '2' },
    page: { router: page, close: async () => {} },
  })
})
afterAll(() => server?.close())

async function open(expectedErrors?: RegExp): Promise<{ page: Page; outside: string[] }> {
  const opened = await openPage({ expectedErrors })
  const outside: string[] = []
  opened.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('blob:')) outside.push(request.url())
  })
  await opened.goto(server.url)
  await load(opened)
  return { page: opened, outside }
}

function load(opened: Page) {
  return opened.evaluate(() => (window as unknown as ClerkWindow).Clerk.load({ standardBrowser: true }))
}

function signUp(opened: Page, emailAddress: string) {
  return opened.evaluate(
    async ([emailAddress, password]) => {
      const { Clerk } = window as unknown as ClerkWindow
      const { createdSessionId } = await Clerk.client.signUp.create({ emailAddress, password })
      await Clerk.setActive({ session: createdSessionId })
      return createdSessionId
    },
    [emailAddress, PASSWORD] as const,
  )
}

/** What the API says to the page: with clerk-js's token, or with the cookies alone. */
function me(opened: Page, withToken = true) {
  return opened.evaluate(async (withToken) => {
    const token = await (window as unknown as ClerkWindow).Clerk.session?.getToken()
    const headers: HeadersInit = withToken && token ? { authorization: `Bearer ${token}` } : {}
    return (await fetch('/trpc/session.me', { headers })).status
  }, withToken)
}

describe('The real clerk-js', () => {
  it('signs up, mints, lives through three lifetimes of a token and a reload, and signs out, with nobody outside asked', async () => {
    const { page, outside } = await open(/401/)
    const sessionId = await signUp(page, 'ada@example.com')
    expect(await me(page)).toBe(200)
    expect(await me(page, false)).toBe(401)

    for (let lifetime = 0; lifetime < 3; lifetime++) {
      await page.waitForTimeout(2100)
      expect(await me(page)).toBe(200)
    }

    await page.reload()
    await load(page)
    const current = () =>
      page.evaluate(() => {
        const { session, user } = (window as unknown as ClerkWindow).Clerk
        return { id: session?.id, email: user?.primaryEmailAddress.emailAddress }
      })
    expect(await current()).toEqual({ id: sessionId, email: 'ada@example.com' })

    await page.evaluate(() => (window as unknown as ClerkWindow).Clerk.signOut({ redirectUrl: '/#out' }))
    expect((await current()).id).toBeUndefined()
    expect(outside).toEqual([])
  })

  it('keeps two tabs of one browser signed in while the secret in the cookie changes', async () => {
    const { page: first } = await open()
    await signUp(first, 'grace@example.com')
    const second = await first.context().newPage()
    await second.goto(server.url)
    await load(second)
    const cookie = async () =>
      (await first.context().cookies(`${server.url}/__clerk`)).find(({ name }) => name === '__client')?.value
    const before = await cookie()
    await server.deps.db.prisma.localClient.updateMany({ data: { rotatedAt: new Date(Date.now() - 3_600_000) } })
    const mint = (tab: Page) =>
      tab.evaluate(() => (window as unknown as ClerkWindow).Clerk.session?.getToken({ skipCache: true }))
    const tokens = await Promise.all([mint(first), mint(second), mint(first), mint(second)])
    expect(tokens.every(Boolean)).toBe(true)
    expect(await cookie()).not.toBe(before)
    expect(await mint(first)).toBeTruthy()
    expect(await mint(second)).toBeTruthy()
  })

  it('gives the session its whole lifetime anew when the person wishes to stay', async () => {
    const { page } = await open()
    await signUp(page, 'stay@example.com')
    await server.deps.db.prisma.localSession.updateMany({ data: { expireAt: new Date(Date.now() + 60_000) } })
    const left = await page.evaluate(async () => {
      const { Clerk } = window as unknown as ClerkWindow
      await Clerk.session?.touch()
      return (Clerk.session?.expireAt.getTime() ?? 0) - Date.now()
    })
    expect(left).toBeGreaterThan(6 * 86_400_000)
  })

  it('learns of a session that was ended elsewhere, and signs out', async () => {
    const { page } = await open(/401/)
    const sessionId = await signUp(page, 'ended@example.com')
    await server.deps.db.prisma.localSession.update({ where: { id: sessionId }, data: { endedAt: new Date() } })
    await page.evaluate(() =>
      (window as unknown as ClerkWindow).Clerk.session?.getToken({ skipCache: true }).catch(() => null),
    )
    await page.waitForFunction(() => (window as unknown as ClerkWindow).Clerk.session === null)
  })

  it('stays signed in while the accounts cannot be reached, and goes on when they can', async () => {
    const { page } = await open(/503/)
    const sessionId = await signUp(page, 'away@example.com')
    const session = () => page.evaluate(() => (window as unknown as ClerkWindow).Clerk.session?.id)
    const away = (url: URL) => url.pathname.startsWith('/__clerk/v1/client')
    await page.route(away, (route) => route.fulfill({ status: 503, json: { errors: [] } }))
    const refused = page.waitForResponse((response) => response.status() === 503)
    const token = page.evaluate(() => (window as unknown as ClerkWindow).Clerk.session?.getToken({ skipCache: true }))
    await refused
    expect(await session()).toBe(sessionId)
    await page.unroute(away)
    expect(await token).toBeTruthy()
    expect(await session()).toBe(sessionId)
  })
})

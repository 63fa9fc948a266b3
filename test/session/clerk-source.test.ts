import { expect, test, vi } from 'vitest'
import { type ClerkLike, clerkSource } from '#client/auth/clerk-source.ts'
import type { ClerkHooks } from '#client/auth/unseen-mints.ts'
import { FakeClock } from '../clock.ts'
import { FakeTab, openTab } from './page.ts'
import { Provider } from './provider.ts'

type ClerkSession = NonNullable<ClerkLike['session']>

const signal = new AbortController().signal

function sessionOf(getToken: ClerkSession['getToken']): ClerkSession {
  return {
    id: 'sess_1',
    expireAt: new Date(5_000),
    lastActiveOrganizationId: null,
    user: { id: 'user_1' },
    getToken: vi.fn(getToken),
    touch: vi.fn(async () => {}),
  }
}

function clerkWith(session: ClerkLike['session'], loaded = true) {
  const listeners = new Set<() => void>()
  return {
    loaded,
    session,
    addListener(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    signOut: vi.fn(async (_instead?: () => void) => {}),
    announce: () => {
      for (const listener of listeners) listener()
    },
  } satisfies ClerkLike & { announce(): void }
}

/** The source of a page that is seen. */
const sourceOf = (clerk: ClerkLike) => clerkSource(clerk, { visible: () => true }, {})

test('nobody is signed out before Clerk has loaded, nor while it changes sessions', () => {
  expect(sourceOf(clerkWith(null, false)).current()).toBeUndefined()
  expect(sourceOf(clerkWith(undefined)).current()).toBeUndefined()
  expect(sourceOf(clerkWith(null)).current()).toBeNull()
})

test('user, session and organisation make the key, and the session says when it ends', () => {
  const session = sessionOf(async () => 'token')
  const alone = sourceOf(clerkWith(session)).current()
  const withOthers = sourceOf(clerkWith({ ...session, lastActiveOrganizationId: 'org_1' })).current()

  expect(alone).toMatchObject({ userId: 'user_1', sessionId: 'sess_1', expiresAt: 5_000 })
  expect(alone?.key).not.toBe(withOthers?.key)
})

test('the cache is asked plainly, a mint with skipCache, both for the organisation of the session', async () => {
  const session = { ...sessionOf(async () => 'token'), lastActiveOrganizationId: 'org_1' }
  const current = sourceOf(clerkWith(session)).current()

  await current?.cached?.(signal)
  await current?.mint(signal)

  expect(session.getToken).toHaveBeenNthCalledWith(1, { organizationId: 'org_1' })
  expect(session.getToken).toHaveBeenNthCalledWith(2, { organizationId: 'org_1', skipCache: true })
})

test('no token while a session is there is a failure; without a session it is the end', async () => {
  const clerk = clerkWith(sessionOf(async () => null))
  const current = sourceOf(clerk).current()
  await expect(current?.mint(signal)).rejects.toMatchObject({ kind: 'unavailable' })

  clerk.session = null

  expect(await current?.mint(signal)).toBeNull()
})

test.each([
  ['clerk_offline', { code: 'clerk_offline' }, { kind: 'offline', retryAfterMs: 0 }],
  ['a network error', { code: 'network_error' }, { kind: 'offline', retryAfterMs: 0 }],
  ['a failed fetch', new TypeError('Failed to fetch'), { kind: 'offline', retryAfterMs: 0 }],
  ['429', { status: 429, retryAfter: 30 }, { kind: 'unavailable', retryAfterMs: 30_000 }],
  ['503', { status: 503 }, { kind: 'unavailable', retryAfterMs: 0 }],
])('%s from Clerk is a failure of its kind, never the end', async (_, thrown, expected) => {
  const current = sourceOf(clerkWith(sessionOf(() => Promise.reject(thrown)))).current()

  await expect(current?.mint(signal)).rejects.toMatchObject(expected)
})

test('a refresh takes the token of another tab from the cache, and mints only when there is none newer', async () => {
  const clock = new FakeClock()
  const issuer = new Provider(clock)
  let cached = issuer.make('user_1', 'sess_1')
  const session = sessionOf(async ({ skipCache }) => {
    if (skipCache) cached = issuer.make('user_1', 'sess_1')
    return cached
  })
  openTab(clock, sourceOf(clerkWith(session)))
  await clock.step(40_000)
  cached = issuer.make('user_1', 'sess_1')
  await clock.step(10_000)
  expect(session.getToken).toHaveBeenCalledTimes(2)

  await clock.step(40_000)

  expect(session.getToken).toHaveBeenCalledTimes(4)
  expect(session.getToken).toHaveBeenLastCalledWith({ organizationId: undefined, skipCache: true })
})

test('staying signed in touches the session; signing out, elsewhere or here, is heard', async () => {
  const clock = new FakeClock()
  const session = sessionOf(async () => new Provider(clock).make('user_1', 'sess_1'))
  const clerk = clerkWith(session)
  const { keeper } = openTab(clock, sourceOf(clerk))
  await clock.step(1_000)
  await keeper.extend()
  expect(session.touch).toHaveBeenCalledOnce()

  clerk.session = null as never
  clerk.announce()

  expect(keeper.state().status).toBe('ended')
  await keeper.signOut()
  expect(clerk.signOut).toHaveBeenCalledOnce()
})

test('a session that ended leaves the page as it is; only a person who signs out is led elsewhere', async () => {
  const clerk = clerkWith(sessionOf(async () => 'token'))
  const source = sourceOf(clerk)

  await source.signOut({ stay: true })
  await source.signOut({ stay: false })

  expect(clerk.signOut).toHaveBeenNthCalledWith(1, expect.any(Function))
  expect(clerk.signOut).toHaveBeenNthCalledWith(2)
})

test('Clerk is kept from renewing a token by itself while nobody sees the page, and only then', async () => {
  const tab = new FakeTab(new FakeClock())
  const hooks: ClerkHooks = {}
  const passes = (path: string) => {
    try {
      hooks.__internal_onBeforeRequest?.({ path })
      return true
    } catch {
      return false
    }
  }
  const tokens = '/client/sessions/sess_1/tokens'
  const seen: boolean[] = []
  const session = sessionOf(async () => {
    seen.push(passes(tokens))
    return 'token'
  })
  const current = clerkSource(clerkWith(session), tab, hooks).current()
  expect(passes(tokens)).toBe(true)

  tab.hide()

  expect([passes(tokens), passes(`${tokens}/supabase`)]).toEqual([false, false])
  expect([passes('/client/sessions/sess_1/touch'), passes('/client')]).toEqual([true, true])
  await current?.cached?.(signal)
  await current?.mint(signal)
  expect(seen).toEqual([true, true])
  expect(passes(tokens)).toBe(false)
})

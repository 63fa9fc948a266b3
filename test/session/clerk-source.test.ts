import { expect, test, vi } from 'vitest'
import { type ClerkLike, clerkSource } from '#client/auth/clerk-source.ts'
import { FakeClock } from '../clock.ts'
import { openTab } from './page.ts'
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

test('nobody is signed out before Clerk has loaded, nor while it changes sessions', () => {
  expect(clerkSource(clerkWith(null, false)).current()).toBeUndefined()
  expect(clerkSource(clerkWith(undefined)).current()).toBeUndefined()
  expect(clerkSource(clerkWith(null)).current()).toBeNull()
})

test('user, session and organisation make the key, and the session says when it ends', () => {
  const session = sessionOf(async () => 'token')
  const alone = clerkSource(clerkWith(session)).current()
  const withOthers = clerkSource(clerkWith({ ...session, lastActiveOrganizationId: 'org_1' })).current()

  expect(alone).toMatchObject({ userId: 'user_1', sessionId: 'sess_1', expiresAt: 5_000 })
  expect(alone?.key).not.toBe(withOthers?.key)
})

test('the cache is asked plainly, a mint with skipCache, both for the organisation of the session', async () => {
  const session = { ...sessionOf(async () => 'token'), lastActiveOrganizationId: 'org_1' }
  const current = clerkSource(clerkWith(session)).current()

  await current?.cached?.(signal)
  await current?.mint(signal)

  expect(session.getToken).toHaveBeenNthCalledWith(1, { organizationId: 'org_1' })
  expect(session.getToken).toHaveBeenNthCalledWith(2, { organizationId: 'org_1', skipCache: true })
})

test('no token while a session is there is a failure; without a session it is the end', async () => {
  const clerk = clerkWith(sessionOf(async () => null))
  const current = clerkSource(clerk).current()
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
  const current = clerkSource(clerkWith(sessionOf(() => Promise.reject(thrown)))).current()

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
  openTab(clock, clerkSource(clerkWith(session)))
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
  const { keeper } = openTab(clock, clerkSource(clerk))
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
  const source = clerkSource(clerk)

  await source.signOut({ stay: true })
  await source.signOut({ stay: false })

  expect(clerk.signOut).toHaveBeenNthCalledWith(1, expect.any(Function))
  expect(clerk.signOut).toHaveBeenNthCalledWith(2)
})

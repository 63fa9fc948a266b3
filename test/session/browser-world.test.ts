import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserWorld, removeLegacyTokens } from '#client/auth/browser-world.ts'

const storage = new Map<string, string>()

beforeEach(() => {
  storage.clear()
  const localStorage = {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
    removeItem: (key: string) => storage.delete(key),
  }
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage }))
})
afterEach(() => vi.unstubAllGlobals())

test('the page tells of being shown, hidden, restored, focused, cut off and connected, until it is left alone', () => {
  const heard: string[] = []
  const stop = browserWorld.subscribe((signal) => heard.push(signal))
  Object.assign(document, { visibilityState: 'hidden' })
  document.dispatchEvent(new Event('visibilitychange'))
  Object.assign(document, { visibilityState: 'visible' })
  document.dispatchEvent(new Event('visibilitychange'))
  for (const type of ['pageshow', 'focus', 'offline', 'online']) window.dispatchEvent(new Event(type))

  expect(heard).toEqual(['hidden', 'visible', 'visible', 'focus', 'offline', 'online'])
  stop()
  window.dispatchEvent(new Event('focus'))
  expect(heard).toHaveLength(6)
})

test('the time of the last refresh is shared through localStorage, and done without where that is forbidden', () => {
  expect(browserWorld.lastRefresh.read()).toBeNull()
  browserWorld.lastRefresh.write(1_700_000_000_000)
  expect(browserWorld.lastRefresh.read()).toBe(1_700_000_000_000)

  Object.defineProperty(window, 'localStorage', {
    get: () => {
      throw new DOMException('no', 'SecurityError')
    },
  })
  browserWorld.lastRefresh.write(1)
  expect(browserWorld.lastRefresh.read()).toBeNull()
  removeLegacyTokens()
})

test('tokens that old versions left in localStorage are removed, and nothing else', () => {
  storage.set('authToken', 'old').set('moneta_session_token', 'old').set('theme', 'dark')

  removeLegacyTokens()

  expect([...storage]).toEqual([['theme', 'dark']])
})

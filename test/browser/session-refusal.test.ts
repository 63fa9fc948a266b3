import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { composer, said, say, signOut, signUp, startMoneta } from './moneta.ts'
import { REFRESHED, sessionLines, spoilNext } from './session.ts'

const REPLAYED = [
  '[Fetch] Got 401, refreshing token and retrying...',
  '[Token Refresh] Refreshing JWT token...',
  REFRESHED,
]

const STARTED = [
  '[Token Refresh] Auto-refresh enabled (every 50s)',
  '[Chat Token Refresh] Auto-refresh enabled (every 50s)',
]

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta?.close())

test('a message and a search that are refused for a spoilt token are sent once more, unseen, and the console tells', async () => {
  const page = await openPage({ expectedErrors: /status of 401/ })
  const lines = sessionLines(page)
  await page.goto(moneta.url)
  await signUp(page, 'spoilt@example.org')
  await expect.poll(() => lines).toEqual(STARTED)
  lines.length = 0

  await spoilNext(page, 'chat.send')
  await say(page, 'A word about kettles.')
  expect(lines.splice(0)).toEqual(REPLAYED)
  expect(await said(page)).toEqual(['A word about kettles.'])
  expect(await moneta.deps.db.prisma.message.count({ where: { author: 'user' } })).toBe(1)

  await page.getByRole('link', { name: 'What I remember' }).click()
  await page.getByText(/days? active/).waitFor()
  await spoilNext(page, 'memory.search')
  await page.getByRole('searchbox', { name: 'Search memories and messages' }).fill('kettles')
  await page.getByRole('list', { name: 'Found' }).getByText('kettles').first().waitFor()
  expect(lines).toEqual(REPLAYED)

  expect(moneta.refused.splice(0)).toEqual(['/trpc/chat.send', expect.stringContaining('memory.search')])
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(await page.locator('body').innerText()).not.toMatch(/401|unauthorized|sign in/i)
})

test('no token is ever in storage, an address, the console or the log, and what old versions left is removed', async () => {
  const page = await openPage({ expectedErrors: /status of 401/ })
  const places: string[] = []
  page.on('console', (message) => places.push(message.text()))
  page.on('request', (request) => places.push(request.url()))
  await page.exposeFunction('told', (text: string) => places.push(text))
  await page.addInitScript(() => {
    localStorage.authToken = localStorage.moneta_session_token = 'left by an old version'
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = function (name, value) {
      ;(window as unknown as { told(text: string): void }).told(`${name}=${value}`)
      return setItem.call(this, name, value)
    }
  })
  await page.goto(moneta.url)
  await signUp(page, 'careful@example.org')
  await spoilNext(page, 'chat.send')
  await say(page, 'Nothing of mine lies about.')
  const stored = () => page.evaluate(() => ({ ...localStorage, ...sessionStorage }))
  const names = Object.keys(await stored())
  expect(names).not.toContain('authToken')
  expect(names).not.toContain('moneta_session_token')
  places.push(JSON.stringify(await stored()))
  await composer(page).fill('a draft')
  await signOut(page)
  places.push(JSON.stringify(await stored()), ...moneta.logged)
  expect(places.some((place) => place.startsWith('moneta:'))).toBe(true)
  expect(places.filter((place) => /eyJ/.test(place))).toEqual([])
})

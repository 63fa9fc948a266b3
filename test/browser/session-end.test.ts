import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { composer, said, say, signIn, signUp, startMoneta } from './moneta.ts'
import { endSessionsOf } from './session.ts'

const WARNING_MS = 300_000
const DAY_MS = 86_400_000

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta?.close())

async function newPerson(email: string, viewport = { width: 1280, height: 720 }) {
  const page = await openPage({ expectedErrors: /status of 401/, viewport })
  await page.goto(moneta.url)
  await signUp(page, email)
  return page
}

test('after a session that its provider ended, the same page goes on: thread, place, draft and what was not yet sent', async () => {
  const page = await newPerson('goes-on@example.org')
  for (let count = 1; count <= 6; count++) await say(page, `Line ${count}.\n`.repeat(8))
  const thread = page.locator('[data-thread]')
  const address = page.url()
  await thread.hover()
  await page.mouse.wheel(0, -400)
  const place = () => thread.evaluate((element) => Math.round(element.scrollTop))
  await expect.poll(place).toBeGreaterThan(0)
  await endSessionsOf(moneta.deps, 'goes-on@example.org')

  await composer(page).fill('Sent to a session that is over.')
  await composer(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await composer(page).fill('half a thought')
  await thread.hover()
  await page.mouse.wheel(0, -300)
  await page.waitForTimeout(300)
  const before = await place()

  await page.getByRole('button', { name: 'Sign in' }).click()
  await dialog.getByLabel('Password', { exact: true }).waitFor()
  expect(await dialog.getByLabel('E-mail').inputValue()).toBe('goes-on@example.org')
  await signIn(page, 'goes-on@example.org')
  await dialog.waitFor({ state: 'detached' })
  const last = page.locator('[data-turn]').last()
  await last.getByRole('article', { name: 'Moneta' }).and(last.locator('[aria-busy="false"]')).waitFor()
  expect(page.url()).toBe(address)
  expect(Math.abs((await place()) - before)).toBeLessThan(4)
  expect(await composer(page).inputValue()).toBe('half a thought')
  expect((await said(page)).filter((text) => text.startsWith('Sent to'))).toHaveLength(1)
})

test('another person who signs in over an ended session sees nothing of the first, whose words wait for them', async () => {
  await moneta.signUp('other@example.org')
  const page = await newPerson('first@example.org')
  await say(page, 'My secret garden is behind the old mill.')
  await endSessionsOf(moneta.deps, 'first@example.org')
  await composer(page).fill('The mill again, not yet sent.')
  await composer(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.waitFor()
  await signIn(page, 'other@example.org')
  await dialog.waitFor({ state: 'detached' })
  await page.locator('[data-session="live"]').waitFor()
  await expect.poll(() => page.locator('body').innerText()).not.toContain('mill')
  await page.goto(moneta.url)
  await say(page, 'I am somebody else.')
  expect(await page.locator('body').innerText()).not.toContain('mill')
  const { prisma } = moneta.deps.db
  expect(await prisma.message.count({ where: { text: { contains: 'not yet sent' } } })).toBe(0)
})

test('five minutes before a session ends a warning says so, covers nothing of a phone’s page, and one button keeps the person signed in', async () => {
  const page = await newPerson('warned@example.org', { width: 390, height: 844 })
  await say(page, 'Line.\n'.repeat(40))
  const endsAt = new Date(Date.now() + WARNING_MS + 8_000)
  const { prisma } = moneta.deps.db
  const session = { account: { email: 'warned@example.org' } }
  await prisma.localSession.updateMany({ where: session, data: { expireAt: endsAt } })
  await page.reload()
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  const warning = page.getByRole('alertdialog', { name: 'Your session ends soon' })
  await warning.waitFor()
  expect(Date.now()).toBeGreaterThan(endsAt.getTime() - WARNING_MS - 1_000)
  const place = async (of: Locator) => (await of.boundingBox()) ?? { y: 0, height: 0 }
  const bottom = (of: Locator) => place(of).then(({ y, height }) => Math.floor(y + height))
  await expect
    .poll(() => bottom(page.getByRole('article', { name: 'Moneta' })))
    .toBeLessThanOrEqual(await bottom(page.locator('[data-thread]')))
  expect(await bottom(composer(page))).toBeLessThanOrEqual((await place(warning)).y)
  await page.getByRole('button', { name: 'Show the memory' }).click()
  await page.getByRole('button', { name: 'Fold the memory away' }).click()
  await warning.getByRole('button', { name: 'Stay signed in' }).click()
  await warning.waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.locator('[data-session="live"]').waitFor()
  const { expireAt } = await prisma.localSession.findFirstOrThrow({ where: session })
  expect(expireAt.getTime()).toBeGreaterThan(Date.now() + 6 * DAY_MS)
})

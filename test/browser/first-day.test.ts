import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { composer, say, signIn, signOut, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

test('the page asks nothing of anybody but its own server', async () => {
  const page = await openPage()
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host || 'blob'))
  await page.goto(moneta.url)
  await signUp(page, 'alone@example.org')
  expect([...hosts].filter((host) => host !== 'blob')).toEqual([new URL(moneta.url).host])
})

test('a person signs up, chats, reloads, finds all of it again and signs out', async () => {
  const page = await openPage()
  await page.goto(moneta.url)
  await signUp(page, 'ada@example.org')

  await say(page, 'Remember that I am allergic to hazelnuts.')
  await page.getByRole('list', { name: 'Remembered from this message' }).getByText('hazelnuts').waitFor()
  await say(page, 'What am I allergic to?')
  await page.getByRole('article', { name: 'Moneta' }).last().getByText('hazelnuts').first().waitFor()

  await page.reload()
  await page.getByRole('log').getByText('Remember that I am allergic to hazelnuts.').waitFor()

  await page.getByRole('link', { name: 'What I remember' }).click()
  await page.getByText('1', { exact: true }).first().waitFor()
  await page.getByRole('searchbox', { name: 'Search memories and messages' }).fill('nuts allergy hazelnuts')
  await page.getByRole('list', { name: 'Found' }).getByText('hazelnuts').first().waitFor()

  await signOut(page)
  expect(moneta.refused).toEqual([])

  await signIn(page, 'ada@example.org')
  await page
    .getByRole('link', { name: /allergic to hazelnuts/ })
    .first()
    .waitFor()
})

test('another person in the same browser sees nothing of the first', async () => {
  const page = await openPage()
  await page.goto(moneta.url)
  await signUp(page, 'first@example.org')
  await say(page, 'My secret garden is behind the old mill.')
  await composer(page).fill('a half-written thought about the mill')
  await signOut(page)
  await signUp(page, 'second@example.org')
  expect(await page.locator('body').innerText()).not.toContain('mill')
  expect(await composer(page).inputValue()).toBe('')
})

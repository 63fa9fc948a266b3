import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { say, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

test('everything is done by keyboard alone: skip link, shortcuts, commands, menus, the network', async () => {
  const page = await openPage({ reducedMotion: 'reduce' })
  await page.goto(moneta.url)
  await signUp(page, 'keys@example.org')
  await say(page, 'Remember that my sister Ana lives in Porto.')
  await say(page, 'Remember that Ana plays the cello in Porto.')
  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.ariaLabel)

  await page.goto(`${moneta.url}/memory`)
  await page.getByRole('heading', { name: 'What I remember' }).waitFor()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to the page')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')

  await page.keyboard.press('Control+Shift+O')
  await page.waitForURL('**/new')
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Your message')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('What I rem')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/memory')

  const network = page.getByRole('group', { name: /memories and how they are linked/ })
  const coins = network.getByRole('button')
  await coins.nth(1).waitFor()
  expect(await coins.evaluateAll((all) => all.filter((coin) => coin.getAttribute('tabindex') === '0').length)).toBe(1)
  await network.locator('[tabindex="0"]').focus()
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  for (const arrow of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(arrow)
  const walked = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  expect([first, walked].every((name) => name?.includes('Strength'))).toBe(true)
  await page.keyboard.press('Enter')
  const opened = page.getByRole('dialog', { name: 'A memory' })
  await opened.getByRole('button', { name: 'Correct' }).waitFor()
  await page.keyboard.press('Escape')
  await opened.waitFor({ state: 'detached' })
  expect(page.url()).not.toContain('memory=')
})

test('forgetting asks twice in place and can be undone', async () => {
  const page = await openPage()
  await page.goto(moneta.url)
  await signUp(page, 'forget@example.org')
  await say(page, 'Remember that I keep bees.')
  await page.getByRole('link', { name: 'What I remember' }).click()
  await page
    .getByRole('button', { name: /^I keep bees/ })
    .first()
    .click()
  const opened = page.getByRole('dialog', { name: 'A memory' })
  await opened.getByRole('button', { name: 'Forget', exact: true }).click()
  await opened.getByRole('button', { name: 'Really forget it?' }).click()
  await opened.waitFor({ state: 'detached' })
  await page.getByText('Nothing is remembered yet. Tell me').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page
    .getByRole('button', { name: /^I keep bees/ })
    .first()
    .waitFor()
})

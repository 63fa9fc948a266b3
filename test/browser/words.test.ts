import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD } from '../person.ts'
import { browserTest } from './browser.ts'
import { composer, say, signOut, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

async function newPerson(email: string, expectedErrors?: RegExp) {
  const page = await openPage({ expectedErrors })
  await page.goto(moneta.url)
  await signUp(page, email)
  return page
}

test('a draft is kept from its first key, for each chat apart, through a reload', async () => {
  const page = await newPerson('draft@example.org')
  await say(page, 'The first chat.')
  await composer(page).pressSequentially('half a thou')
  await page.getByRole('link', { name: 'New chat' }).click()
  await composer(page).pressSequentially('another')
  await page.reload()
  await composer(page).waitFor()
  expect(await composer(page).inputValue()).toBe('another')
  await page.getByRole('link', { name: 'The first chat' }).first().click()
  await page.getByRole('log').getByText('The first chat.').waitFor()
  expect(await composer(page).inputValue()).toBe('half a thou')
})

test('what is written offline stands in the chat, survives a reload, and goes out in order and once', async () => {
  const page = await newPerson('train@example.org', /Failed to load resource|ERR_/)
  await say(page, 'Before the tunnel.')
  await page.route('**/trpc/**', (route) => route.abort('internetdisconnected'))
  for (const text of ['In the tunnel, one.', 'In the tunnel, two.', 'In the tunnel, three.']) {
    await composer(page).fill(text)
    await composer(page).press('Enter')
    await page.getByRole('log').getByText(text).waitFor()
  }
  const address = page.url()
  await page.unroute('**/trpc/**')
  await page.goto(address)
  const answers = page.getByRole('article', { name: 'Moneta' })
  await expect.poll(() => answers.and(page.locator('[aria-busy="false"]')).count(), { timeout: 20_000 }).toBe(4)
  const said = page.getByRole('article', { name: 'You' }).locator('p[dir]')
  expect(await said.allInnerTexts()).toEqual([
    'Before the tunnel.',
    'In the tunnel, one.',
    'In the tunnel, two.',
    'In the tunnel, three.',
  ])
})

test('a message that the server refuses is marked where it stands, and can be taken back', async () => {
  const page = await newPerson('refused@example.org')
  await say(page, 'A chat that will be gone.')
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'More for A chat that will be gone' }).click()
  await other.getByRole('menuitem', { name: 'Delete' }).click()
  await other.getByRole('menuitem', { name: 'Really delete it?' }).click()
  await other.getByText('Chat deleted.').waitFor()

  await page.bringToFront()
  await composer(page).fill('Words that matter.')
  await composer(page).press('Enter')
  const refusal = page.getByRole('alert').filter({ hasText: 'Not sent.' })
  await refusal.waitFor()
  expect(await page.getByRole('log').innerText()).toContain('Words that matter.')
  await refusal.getByRole('button', { name: 'Edit' }).click()
  await expect.poll(() => composer(page).inputValue()).toBe('Words that matter.')
})

test('a session that ended is signed in again over the page: the draft is there, the unsent message goes out', async () => {
  const page = await newPerson('ended@example.org', /Failed to load resource/)
  await say(page, 'We were in the middle of this.')
  await composer(page).fill('not yet sent')
  const address = page.url()
  const other = await page.context().newPage()
  await other.goto(moneta.url)
  await signOut(other)

  await page.bringToFront()
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.waitFor()
  expect(await page.getByText('We were in the middle of this.').count()).toBeGreaterThan(0)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await composer(page).press('Enter')
  await page.getByText('on its way').waitFor()
  await composer(page).fill('and one more thought')

  await page.getByRole('button', { name: 'Sign in' }).click()
  await dialog.getByLabel('E-mail').fill('ended@example.org')
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('on its way').waitFor({ state: 'detached' })
  expect(page.url()).toBe(address)
  expect(await composer(page).inputValue()).toBe('and one more thought')
  expect(await page.getByRole('article', { name: 'You' }).locator('p[dir]').allInnerTexts()).toEqual([
    'We were in the middle of this.',
    'not yet sent',
  ])
})

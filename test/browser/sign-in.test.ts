import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../person.ts'
import { browserTest } from './browser.ts'
import { composer, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
  await moneta.signUp('known@example.org')
})
afterAll(() => moneta?.close())

const email = (page: Page) => page.getByLabel('E-mail')
const password = (page: Page) => page.getByLabel('Password', { exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function open(expectedErrors?: RegExp): Promise<Page> {
  const page = await openPage({ expectedErrors })
  await page.goto(moneta.url)
  await email(page).waitFor()
  return page
}

const isFocused = (field: ReturnType<typeof email>) =>
  expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)

describe('The sign-in form', () => {
  it('begins where the person types first, and tells a password manager what is what', async () => {
    const page = await open()
    await isFocused(email(page))
    expect(await email(page).getAttribute('autocomplete')).toBe('username')
    expect(await password(page).getAttribute('autocomplete')).toBe('current-password')
    await press(page, 'Create an account')
    expect(await password(page).getAttribute('autocomplete')).toBe('new-password')
  })

  it('says at the field what is wrong, keeps what was typed and takes the next try', async () => {
    const page = await open(/422/)
    await email(page).fill('known@example.org')
    await password(page).fill('not this one')
    await press(page, 'Sign in')
    await page
      .getByRole('alert')
      .getByText(/do not belong together/)
      .waitFor()
    await isFocused(password(page))
    expect(await password(page).getAttribute('aria-invalid')).toBe('true')
    expect(await email(page).inputValue()).toBe('known@example.org')
    await password(page).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await composer(page).waitFor()
  })

  it('offers sign-in to who has an account already, with everything typed still there', async () => {
    const page = await open(/422/)
    await press(page, 'Create an account')
    await email(page).fill('known@example.org')
    await password(page).fill(PASSWORD)
    await press(page, 'Create account')
    await page.getByText('Is it yours?').waitFor()
    await press(page, 'Sign in')
    expect(await password(page).inputValue()).toBe(PASSWORD)
    await press(page, 'Sign in')
    await composer(page).waitFor()
  })

  it('shows the password to who wants to see it', async () => {
    const page = await open()
    await password(page).fill('visible?')
    await press(page, 'Show password')
    expect(await password(page).getAttribute('type')).toBe('text')
    await press(page, 'Show password')
    expect(await password(page).getAttribute('type')).toBe('password')
  })

  it('says when nothing can be reached, and works when it can', async () => {
    const page = await open(/net::ERR|Failed to load/)
    await page.route('**/__clerk/v1/client/sign_ins**', (route) => route.abort())
    await email(page).fill('known@example.org')
    await password(page).fill(PASSWORD)
    await press(page, 'Sign in')
    await page
      .getByRole('alert')
      .getByText(/cannot be reached/)
      .waitFor({ timeout: 50_000 })
    await page.unroute('**/__clerk/v1/client/sign_ins**')
    await press(page, 'Sign in')
    await composer(page).waitFor()
  })

  it('has targets that a finger meets, at the width of a phone', async () => {
    const page = await openPage({ viewport: { width: 320, height: 640 }, hasTouch: true })
    await page.goto(moneta.url)
    await email(page).waitFor()
    const heights = await page
      .locator('form button, form input')
      .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(42)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

describe('A session that was ended elsewhere', () => {
  it('asks to sign in over the page, knows who it was, and leaves a draft as it is', async () => {
    const page = await open(/401/)
    await signUp(page, 'draft@example.org')
    await composer(page).fill('Half a thought')
    const { prisma } = moneta.deps.db
    const account = await prisma.localAccount.findUniqueOrThrow({ where: { email: 'draft@example.org' } })
    const sessions = await prisma.localSession.findMany({ where: { accountId: account.id } })
    await prisma.localSession.updateMany({ where: { accountId: account.id }, data: { endedAt: new Date() } })
    for (const { id } of sessions) await prisma.$executeRaw`select pg_notify('local_session_ended', ${id})`
    await page.getByRole('link', { name: 'What I remember' }).click()

    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByLabel('E-mail').inputValue()).toBe('draft@example.org')
    await isFocused(dialog.getByLabel('Password', { exact: true }))
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.goBack()
    expect(await composer(page).inputValue()).toBe('Half a thought')
  })
})

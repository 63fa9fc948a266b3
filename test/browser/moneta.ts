import type { Page } from 'playwright-core'
import { builtPage } from '#server/http/page.ts'
import { systemClock } from '#shared/clock.ts'
import { startServer } from '../harness.ts'
import { PASSWORD } from '../person.ts'

/** Moneta as `npm start` serves it, on a free port and an empty database. */
export function startMoneta(environment: Record<string, string> = {}) {
  return startServer({ environment, clock: systemClock, page: builtPage('dist/client') })
}

/** Fills in the form for a new account on the page that is open, and waits until the chat is there. */
export async function signUp(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await composer(page).waitFor()
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export function composer(page: Page) {
  return page.getByRole('textbox', { name: 'Your message' })
}

/** Sends a message as a person does, and waits until its answer has ended. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
  const turn = page.locator('[data-turn]').last()
  await turn.getByText(text).waitFor()
  await turn.getByRole('article', { name: 'Moneta' }).and(turn.locator('[aria-busy="false"]')).waitFor()
}

/** Every answer of the API that was UNAUTHORIZED, from now on, alone or within a batch. */
export function watchForRefusals(page: Page): string[] {
  const refused: string[] = []
  page.on('response', async (response) => {
    if (!response.url().includes('/trpc/')) return
    if (response.status() === 401) refused.push(new URL(response.url()).pathname)
    else if (response.status() === 207 && (await response.text().catch(() => '')).includes('UNAUTHORIZED')) {
      refused.push(`${new URL(response.url()).pathname} (in a batch)`)
    }
  })
  return refused
}

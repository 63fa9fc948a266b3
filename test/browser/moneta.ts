import type { Page } from 'playwright-core'
import { builtPage } from '#server/http/page.ts'
import type { Identity } from '#server/identity/identity.ts'
import { systemClock } from '#shared/clock.ts'
import { startServer } from '../harness.ts'
import { PASSWORD } from '../person.ts'

/** Moneta as `npm start` serves it, on a free port and an empty database. */
export async function startMoneta(environment: Record<string, string> = {}) {
  const server = await startServer({ environment, clock: systemClock, page: builtPage('dist/client') })
  return { ...server, refused: recordRefusals(server.deps.identity) }
}

/**
 * The calls that were refused for want of a good token. The server is asked, for a refusal within a batch or a stream
 * comes under the status 200, and Chromium keeps no answer that came in pieces.
 */
function recordRefusals(identity: Identity): string[] {
  const refused: string[] = []
  const { identify } = identity
  identity.identify = async (request) => {
    const caller = await identify(request)
    const { pathname } = new URL(request.url)
    if (caller.state === 'nobody' && pathname !== '/trpc/session.config') refused.push(pathname)
    return caller
  }
  return refused
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
  await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Look and account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
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

/** What the person said in the chat that is open, oldest first; off the screen a text has no inner text. */
export function said(page: Page): Promise<string[]> {
  return page.getByRole('article', { name: 'You' }).locator('p[dir]').allTextContents()
}

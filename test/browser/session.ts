import type { BrowserContext, Page, Request } from 'playwright-core'
import type { Moneta } from '#server/assemble.ts'
import { endSessions } from '#server/local-clerk/ended-sessions.ts'
import { signUp } from './moneta.ts'

export const REFRESHED = '[Token Refresh] ✅ Token refreshed successfully'

/** Someone new, in the chat of the page that they are given. */
export async function newPerson(page: Page, url: string, email: string): Promise<Page> {
  await page.goto(url)
  await signUp(page, email)
  return page
}

/** The memories of the same person, in another tab. */
export async function dashboardBeside(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(new URL('/memory', page.url()).href)
  await tab.getByText(/days? active/).waitFor()
  return tab
}

/** What a page writes to its console about the session, from now on. */
export function sessionLines(page: Page): string[] {
  const lines: string[] = []
  page.on('console', (message) => {
    const line = message.text()
    if (/^\[(Chat )?(Token Refresh|Fetch)\]/.test(line)) lines.push(line)
  })
  return lines
}

/** Each time that this browser asks its identity provider for a token, from now on. */
export function watchMints(context: BrowserContext): Request[] {
  const mints: Request[] = []
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.method() === 'POST' && /^\/__clerk\/v1\/client\/sessions\/[^/]+\/tokens/.test(pathname)) {
      mints.push(request)
    }
  })
  return mints
}

/** The stream of a reply that is being written. */
export const isTail = (request: { url(): string }): boolean => new URL(request.url()).pathname === '/trpc/chat.tail'

/** The streams that this browser has open. */
export function openStreams(context: BrowserContext): ReadonlySet<Request> {
  const open = new Set<Request>()
  context.on('request', (request) => isTail(request) && open.add(request))
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  return open
}

/** The address of each request that carries a call of the procedure, alone or in a batch. */
export const addressOf = (path: string): RegExp => new RegExp(`/trpc/[^?]*\\b${path.replace('.', '\\.')}\\b`)

/** Spoils the token of the next call of a procedure on its way, so that the server refuses it. */
export async function spoilNext(page: Page, path: string): Promise<void> {
  await page.route(
    addressOf(path),
    async (route) => {
      const { authorization = '', ...headers } = await route.request().allHeaders()
      const [head, claims, signature = ''] = authorization.split('.')
      const spoilt = [head, claims, [...signature].reverse().join('')].join('.')
      await route.continue({ headers: { ...headers, authorization: spoilt } })
    },
    { times: 1 },
  )
}

/** Notes each text that the last reply shows, from now on. Returns what reads them. */
export async function textsOfReply(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const texts = new Set<string>()
    Object.assign(window, { texts })
    new MutationObserver(() => {
      const reply = [...document.querySelectorAll('article[aria-label="Moneta"] .prose')].at(-1)
      if (reply instanceof HTMLElement) texts.add(reply.innerText)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => [...(window as unknown as { texts: Set<string> }).texts])
}

/** Ends whatever sessions a person has, as their provider may at any time. */
export async function endSessionsOf(deps: Moneta['deps'], email: string): Promise<void> {
  const sessions = await deps.db.prisma.localSession.findMany({ where: { account: { email }, endedAt: null } })
  const ids = sessions.map(({ id }) => id)
  await endSessions(deps, ids)
}

/** Has a page be seen or not, which headless Chromium never tells one, and tells it so by `event`. */
export function setVisible(
  page: Page,
  visible: boolean,
  event: 'visibilitychange' | 'pageshow' = 'visibilitychange',
): Promise<void> {
  return page.evaluate(
    ([visible, event]) => {
      const set = (name: string, value: unknown) => Object.defineProperty(document, name, { value, configurable: true })
      set('visibilityState', visible ? 'visible' : 'hidden')
      set('hidden', !visible)
      if (event === 'pageshow') window.dispatchEvent(new PageTransitionEvent(event, { persisted: true }))
      else document.dispatchEvent(new Event(event, { bubbles: true }))
    },
    [visible, event] as const,
  )
}

/** Stops a page altogether while time goes on, as a shut laptop does. Returns how to wake it. */
export async function putToSleep(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Debugger.enable')
  const asleep = new Promise((resolve) => devtools.once('Debugger.paused', resolve))
  await devtools.send('Debugger.pause')
  await asleep
  return async () => {
    await devtools.send('Debugger.resume')
    await devtools.detach()
  }
}

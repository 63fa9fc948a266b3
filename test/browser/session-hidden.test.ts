import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { startMoneta } from './moneta.ts'
import {
  addressOf,
  dashboardBeside,
  newPerson,
  putToSleep,
  REFRESHED,
  sessionLines,
  setVisible,
  watchMints,
} from './session.ts'

const LIFETIME_S = 8
const DAY_MS = 86_400_000

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta({ LOCAL_TOKEN_SECONDS: String(LIFETIME_S), LOCAL_INACTIVITY_DAYS: '2' })
})
afterAll(() => moneta?.close())

/** Nobody sees the tab any more, and what it had asked for until then has come. */
async function hide(tab: Page): Promise<void> {
  await setVisible(tab, false)
  await tab.locator('[data-session="live"]').waitFor()
}

async function search(tab: Page): Promise<void> {
  const answer = tab.waitForResponse(addressOf('memory.search'))
  await tab.getByRole('searchbox', { name: 'Search memories and messages' }).fill('anything')
  await answer
}

/** Real time: the tokens that the pages hold are past their end then. */
const outliveTokens = (page: Page) => page.waitForTimeout(LIFETIME_S * 1000)

test('hidden tabs ask for no token, and once seen again each renews its own before any operation leaves', async () => {
  const page = await newPerson(await openPage(), moneta.url, 'hidden@example.org')
  const tabs = [
    { event: 'visibilitychange', tab: await dashboardBeside(page) },
    { event: 'pageshow', tab: await dashboardBeside(page) },
  ] as const
  for (const tab of [page, ...tabs.map(({ tab }) => tab)]) await hide(tab)
  const mints = watchMints(page.context())
  const hidden = tabs.map((one) => ({ ...one, lines: sessionLines(one.tab) }))

  await outliveTokens(page)

  expect(mints).toEqual([])
  for (const { tab, event, lines } of hidden) {
    expect(lines).toEqual([])
    await setVisible(tab, true, event)
    await search(tab)
    expect(lines.slice(0, 2)).toEqual(['[Token Refresh] Refreshing JWT token...', REFRESHED])
  }
  expect(moneta.refused).toEqual([])
})

test('an operation in a hidden tab still gets its token', async () => {
  const page = await newPerson(await openPage(), moneta.url, 'busy@example.org')
  const tab = await dashboardBeside(page)
  await hide(page)
  await hide(tab)
  const mints = watchMints(page.context())
  await outliveTokens(page)

  await search(tab)

  expect(mints).toHaveLength(1)
  expect(moneta.refused).toEqual([])
})

test('a page asleep past the end of its token renews it when it wakes, before any operation leaves', async () => {
  const page = await newPerson(await openPage(), moneta.url, 'asleep@example.org')
  const tab = await dashboardBeside(page)
  await hide(page)
  const wake = await putToSleep(tab)
  const mints = watchMints(page.context())
  await outliveTokens(page)
  expect(mints).toEqual([])

  await wake()
  await search(tab)

  expect(mints.length).toBeGreaterThan(0)
  expect(moneta.refused).toEqual([])
})

test('a session that nobody looks at ends for want of use, though a tab stays open', async () => {
  const page = await newPerson(await openPage({ expectedErrors: /status of 401/ }), moneta.url, 'away@example.org')
  await hide(page)
  const { prisma } = moneta.deps.db
  const session = { account: { email: 'away@example.org' } }
  const lastUse = new Date(Date.now() - 2 * DAY_MS)
  await prisma.localSession.updateMany({ where: session, data: { lastActiveAt: lastUse } })

  await outliveTokens(page)

  expect((await prisma.localSession.findFirstOrThrow({ where: session })).lastActiveAt).toEqual(lastUse)
  await setVisible(page, true)
  await page.getByRole('dialog', { name: 'Please sign in again' }).waitFor()
})

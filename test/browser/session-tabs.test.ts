import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Gate } from '../gate.ts'
import { type ModelServer, saying, startModelServer } from '../model-server.ts'
import { browserTest } from './browser.ts'
import { composer, signOut, startMoneta } from './moneta.ts'
import { dashboardBeside, newPerson, openStreams, REFRESHED, sessionLines, setVisible, watchMints } from './session.ts'

const LIFETIME_S = 8

const { openPage } = browserTest()
let model: ModelServer
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  model = await startModelServer()
  moneta = await startMoneta({
    LOCAL_TOKEN_SECONDS: String(LIFETIME_S),
    MODEL_EXTRACTION: 'off',
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'scripted',
  })
})
afterEach(() => {
  model.script = saying('Hello.')
})
afterAll(async () => {
  await moneta?.close()
  await model?.close()
})

const refreshes = (lines: string[]) => lines.filter((line) => line === REFRESHED).length

test('a tab that the provider never answers lives on the tokens that another tab brings', async () => {
  const first = await newPerson(await openPage({ expectedErrors: /status of 503/ }), moneta.url, 'two@example.org')
  const second = await dashboardBeside(first)
  const lines = sessionLines(second)
  await second.route('**/__clerk/v1/client/sessions/*/tokens**', (route) => route.fulfill({ status: 503 }))
  await expect.poll(() => refreshes(lines), { timeout: 40_000 }).toBeGreaterThanOrEqual(2)
  await second.getByRole('searchbox', { name: 'Search memories and messages' }).fill('anything')
  await second.getByText('Nothing').first().waitFor()
  expect(moneta.refused).toEqual([])
})

test('a sign-out in one tab ends the other too, once each, with nothing refused on the way', async () => {
  const first = await newPerson(await openPage(), moneta.url, 'leaves@example.org')
  const second = await dashboardBeside(first)
  const ends: string[] = []
  first.context().on('request', (request) => {
    if (/sessions(\?.*_method=DELETE|\/[^/]+\/(remove|end))/.test(request.url())) ends.push(request.url())
  })
  await signOut(first)
  await second.getByRole('dialog', { name: 'Please sign in again' }).waitFor()
  const mints = watchMints(first.context())
  await second.getByRole('button', { name: 'Not now' }).click()
  await second.getByRole('status').getByText('Signed out').waitFor()
  expect(ends).toHaveLength(1)
  expect(mints).toEqual([])
  expect(moneta.refused).toEqual([])
})

test('with eight tabs on a chat that is being answered only the seen one listens, and every call and refresh is answered', async () => {
  const first = await newPerson(await openPage(), moneta.url, 'eight@example.org')
  const streams = openStreams(first.context())
  const rest = new Gate()
  model.script = async (answer) => {
    answer.chunk('It begins')
    await rest.passed
    answer.chunk(' and it ends.')
    answer.stop()
  }
  await composer(first).fill('Tell me slowly.')
  await composer(first).press('Enter')
  await first.getByText('It begins').waitFor()

  const hidden: Page[] = []
  while (hidden.length < 7) {
    const tab = await first.context().newPage()
    await tab.goto(first.url())
    await tab.getByText('It begins').waitFor()
    await setVisible(tab, false)
    hidden.push(tab)
  }
  await expect.poll(() => streams.size).toBe(1)

  const lines = sessionLines(first)
  await Promise.all(
    hidden.map(async (tab) => {
      await tab.getByRole('link', { name: 'What I remember' }).click()
      await tab.locator('dl[aria-busy="false"]').waitFor()
      await tab.getByRole('searchbox', { name: 'Search memories and messages' }).fill('slowly')
      await tab.getByRole('list', { name: 'Found' }).getByText('Tell me slowly').first().waitFor()
    }),
  )
  await expect.poll(() => refreshes(lines), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(streams.size).toBe(1)
  rest.open()
  await first.getByText('It begins and it ends.').waitFor()
  expect(moneta.refused).toEqual([])
})

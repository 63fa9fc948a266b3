import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Gate } from '../gate.ts'
import { type ModelServer, startModelServer } from '../model-server.ts'
import { browserTest } from './browser.ts'
import { composer, said, say, signUp, startMoneta } from './moneta.ts'
import { isTail, sessionLines, spoilNext, textsOfReply } from './session.ts'

const BEGINNING = 'Once upon a time there was a mint,'
const MIDDLE = ' and in the mint a bench,'
const END = ' and on the bench a coin.'

const { openPage } = browserTest()
let model: ModelServer
let moneta: Awaited<ReturnType<typeof startMoneta>> | undefined

beforeAll(async () => {
  model = await startModelServer()
})
afterEach(async () => {
  await moneta?.close()
  moneta = undefined
})
afterAll(() => model.close())

async function open(environment: Record<string, string> = {}) {
  const server = await startMoneta({
    MODEL_EXTRACTION: 'off',
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'scripted',
    ...environment,
  })
  moneta = server
  const page = await openPage({ expectedErrors: /net::ERR_|Failed to load resource/ })
  await page.goto(server.url)
  await signUp(page, 'reader@example.org')
  return { page, server }
}

/** Asks for an answer in three parts, and waits for the first; the others come when they are let. */
async function beginAnswer(page: Page) {
  const middle = new Gate()
  const end = new Gate()
  model.script = async (answer) => {
    answer.chunk(BEGINNING)
    await middle.passed
    answer.chunk(MIDDLE)
    await end.passed
    answer.chunk(END)
    answer.stop()
  }
  await composer(page).fill('Tell me of the mint.')
  await composer(page).press('Enter')
  await page.getByText(BEGINNING).waitFor()
  return { middle, end }
}

async function endsWhole(page: Page, texts: () => Promise<string[]>) {
  const whole = BEGINNING + MIDDLE + END
  await page.getByText(whole, { exact: true }).waitFor()
  await page.locator('[data-turn]').last().locator('[aria-busy="false"]').waitFor()
  for (const text of await texts()) expect(whole.startsWith(text), text).toBe(true)
  expect(await page.getByText(whole, { exact: true }).count()).toBe(1)
}

test('what is sent offline goes out on return, in order and once, and the light says how things stand', async () => {
  const { page } = await open()
  model.script = (answer) => {
    answer.chunk('I see.')
    answer.stop()
  }
  await say(page, 'Before the tunnel.')
  const light = page.locator('[data-session]')
  await page.context().setOffline(true)
  await light.getByText('Offline').waitFor()
  for (const text of ['Tunnel, one.', 'Tunnel, two.', 'Tunnel, three.']) {
    await composer(page).fill(text)
    await composer(page).press('Enter')
    await page.getByRole('log').getByText(text).waitFor()
  }
  await composer(page).fill('Still typing when')
  await page.context().setOffline(false)
  await light.getByText('Live').waitFor()
  const answers = page.getByRole('article', { name: 'Moneta' })
  await expect.poll(() => answers.and(page.locator('[aria-busy="false"]')).count(), { timeout: 20_000 }).toBe(4)
  expect(await said(page)).toEqual(['Before the tunnel.', 'Tunnel, one.', 'Tunnel, two.', 'Tunnel, three.'])
  expect(await composer(page).inputValue()).toBe('Still typing when')
})

test('an answer whose connection is cut in the middle comes whole, each character once', async () => {
  const { page, server } = await open()
  const texts = await textsOfReply(page)
  const { middle, end } = await beginAnswer(page)
  const again = page.waitForRequest(isTail)
  server.cutConnections()
  middle.open()
  await again
  await page.getByText(BEGINNING + MIDDLE).waitFor()
  server.cutConnections()
  end.open()
  await endsWhole(page, texts)
})

test('an answer that outlives the greatest age of a stream comes whole, each character once', async () => {
  const { page } = await open({ STREAM_MAX_SECONDS: '1' })
  const texts = await textsOfReply(page)
  const { middle, end } = await beginAnswer(page)
  await page.waitForRequest(isTail)
  middle.open()
  await page.getByText(BEGINNING + MIDDLE).waitFor()
  await page.waitForRequest(isTail)
  end.open()
  await endsWhole(page, texts)
})

test('a cut answer whose next connection is refused gets a newer token, unseen, and comes whole', async () => {
  const { page, server } = await open()
  const texts = await textsOfReply(page)
  const { middle, end } = await beginAnswer(page)
  const lines = sessionLines(page)
  await spoilNext(page, 'chat.tail')
  server.cutConnections()
  middle.open()
  await page.getByText(BEGINNING + MIDDLE).waitFor()
  end.open()
  await endsWhole(page, texts)
  expect(server.refused).toEqual(['/trpc/chat.tail'])
  expect(lines).toEqual([
    '[Fetch] Got 401, refreshing token and retrying...',
    '[Token Refresh] Refreshing JWT token...',
    '[Token Refresh] ✅ Token refreshed successfully',
  ])
})

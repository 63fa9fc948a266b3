import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gate } from '../gate.ts'
import { answerInHalves, type ModelServer, saying, startModelServer } from '../model-server.ts'
import { browserTest } from './browser.ts'
import { composer, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
const SENTENCE = 'The river is long and quiet, and it takes its time. '
let moneta: Awaited<ReturnType<typeof startMoneta>>
let model: ModelServer

beforeAll(async () => {
  model = await startModelServer()
  moneta = await startMoneta({
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: model.url,
    MODEL: 'river',
    MODEL_EXTRACTION: 'off',
  })
})
afterAll(async () => {
  await moneta.close()
  await model.close()
})

async function ask(email: string) {
  const page = await openPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(moneta.url)
  await signUp(page, email)
  await composer(page).fill('Tell me about the river.')
  await composer(page).press('Enter')
  const reply = page.getByRole('article', { name: 'Moneta' })
  await reply.getByText('The river is long').waitFor()
  return { page, reply, jump: page.getByRole('button', { name: 'Jump to latest' }) }
}

/** Where the thread stands once no scrolling is under way. */
async function restingTop(page: Page): Promise<number> {
  const top = () => page.locator('[data-thread]').evaluate((box) => box.scrollTop)
  for (let before = await top(); ; ) {
    await page.waitForTimeout(150)
    const now = await top()
    if (now === before) return now
    before = now
  }
}

test('an answer under way is the same after a reload, whole, each word once', async () => {
  const finish = answerInHalves(model, SENTENCE.repeat(3))
  const { page, reply } = await ask('reload@example.org')
  await page.reload()
  await reply.getByText('The river is long').waitFor()
  finish()
  await reply.and(page.locator('[aria-busy="false"]')).waitFor()
  expect(await reply.locator('.prose').innerText()).toBe(SENTENCE.repeat(6).trim())
})

test('Stop keeps what came, and Continue goes on from it', async () => {
  const finish = answerInHalves(model, SENTENCE.repeat(2))
  const { page, reply } = await ask('stop@example.org')
  await composer(page).press('Escape')
  await reply.getByText('The reply stopped here.').waitFor()
  expect(await reply.locator('.prose').innerText()).toBe(SENTENCE.repeat(2).trim())
  model.script = (answer) => {
    answer.chunk('And there it ends.')
    answer.stop()
  }
  await reply.getByRole('button', { name: 'Continue' }).click()
  await reply.getByText('And there it ends.').waitFor()
  expect(await reply.locator('.prose').innerText()).toContain(SENTENCE.trim())
  finish()
})

test('a sent turn stands near the top, and the view never moves by itself while the answer grows past it', async () => {
  const finish = answerInHalves(model, SENTENCE.repeat(60))
  const { page, reply, jump } = await ask('anchor@example.org')
  await jump.waitFor()
  const top = await restingTop(page)
  finish()
  await reply.and(page.locator('[aria-busy="false"]')).waitFor()
  expect(await restingTop(page)).toBe(top)
  expect(await belowTop(page)).toBeLessThan(80)
})

test('every turn stands near the top when it is sent, whatever the height of the one before', async () => {
  model.script = saying(SENTENCE.repeat(25))
  const { page } = await ask('anchors@example.org')
  for (const turns of [2, 3]) {
    await page.getByRole('article', { name: 'Moneta' }).and(page.locator('[aria-busy="false"]')).last().waitFor()
    await composer(page).fill('And then?')
    await composer(page).press('Enter')
    await expect.poll(() => page.locator('[data-turn]').count()).toBe(turns)
    await expect.poll(() => belowTop(page)).toBeLessThan(20)
    await restingTop(page)
    expect(await belowTop(page)).toBeLessThan(20)
  }
})

/** How far below the top of the view the last turn begins, in pixels. */
async function belowTop(page: Page): Promise<number> {
  const turn = await page.locator('[data-turn]').last().boundingBox()
  const box = await page.locator('[data-thread]').boundingBox()
  return (turn?.y ?? Number.NaN) - (box?.y ?? 0)
}

test('the end is followed until an upward wheel, and the way back is offered only then', async () => {
  const rest = new Gate()
  model.script = async (answer) => {
    answer.chunk(SENTENCE.repeat(60))
    await rest.passed
    for (let more = 0; more < 20; more++) answer.chunk(SENTENCE.repeat(3))
    answer.stop()
  }
  const { page, reply, jump } = await ask('follow@example.org')
  await jump.click()
  await jump.waitFor({ state: 'detached' })
  await restingTop(page)
  await page.mouse.move(600, 300)
  await page.mouse.wheel(0, -200)
  await jump.waitFor()
  const top = await restingTop(page)
  rest.open()
  await reply.and(page.locator('[aria-busy="false"]')).waitFor()
  expect(await restingTop(page)).toBe(top)
})

test('a failed answer says why on itself, keeps the question, and Retry answers it', async () => {
  model.script = (answer) => answer.status(401, { error: { message: 'bad key' } })
  const page = await openPage()
  await page.goto(moneta.url)
  await signUp(page, 'fail@example.org')
  await composer(page).fill('Will this be answered?')
  await composer(page).press('Enter')
  const alert = page.getByRole('article', { name: 'Moneta' }).getByRole('alert')
  await alert.waitFor()
  model.script = (answer) => {
    answer.chunk('Yes.')
    answer.stop()
  }
  await alert.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('article', { name: 'Moneta' }).getByText('Yes.').waitFor()
  await page.getByRole('group', { name: 'Versions' }).getByText('2/2').waitFor()
})

test('words that are changed by keyboard stay in view, though the end of the chat was followed', async () => {
  const finish = answerInHalves(model, SENTENCE.repeat(60))
  const { page, reply, jump } = await ask('keyboard@example.org')
  finish()
  await reply.and(page.locator('[aria-busy="false"]')).waitFor()
  await jump.click()
  await restingTop(page)
  await page.getByRole('button', { name: 'Edit and send again' }).focus()
  await page.keyboard.press('Enter')
  const editor = page.getByRole('textbox', { name: 'Your message, worded anew' })
  await editor.waitFor()
  await restingTop(page)
  expect((await editor.boundingBox())?.y).toBeGreaterThan(0)
})

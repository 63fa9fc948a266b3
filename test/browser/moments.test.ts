import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerInHalves, type ModelServer, saying, startModelServer } from '../model-server.ts'
import { browserTest } from './browser.ts'
import { composer, said, say, signIn, signOut, signUp, startMoneta } from './moneta.ts'

/** A busy machine takes its time. */
const PATIENT = { timeout: 20_000 }
const SENTENCE = 'The river is long and quiet, and it takes its time. '

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>
let model: ModelServer

beforeAll(async () => {
  model = await startModelServer()
  moneta = await startMoneta({ MODEL_PROVIDER: 'openai-compatible', MODEL_BASE_URL: model.url, MODEL: 'river,brook' })
})
afterAll(async () => {
  await moneta.close()
  await model.close()
})

async function newPerson(email: string, expectedErrors?: RegExp) {
  model.script = saying('Indeed.')
  const page = await openPage({ viewport: { width: 1280, height: 800 }, expectedErrors })
  await page.goto(moneta.url)
  await signUp(page, email)
  return page
}

function reply(page: Page) {
  return page.getByRole('article', { name: 'Moneta' }).last()
}

test('a tab that is closed as its message leaves loses nothing: it is sent by the next one, once', async () => {
  const page = await newPerson('closed@example.org', /Failed to load resource|ERR_/)
  await say(page, 'First.')
  const address = page.url()
  await page.route('**/trpc/**', () => undefined)
  await composer(page).fill('Then the tab was gone.')
  await composer(page).press('Enter')
  await page.getByText('on its way').waitFor()
  const next = await page.context().newPage()
  await page.close()
  await next.goto(address)
  await next.getByText('on its way').waitFor({ state: 'detached' })
  await expect.poll(() => said(next), PATIENT).toEqual(['First.', 'Then the tab was gone.'])
  const stored = await moneta.deps.db.prisma.message.count({ where: { text: 'Then the tab was gone.' } })
  expect(stored).toBe(1)
})

test('a network that is gone in the middle of an answer brings the rest when it is back', async () => {
  const page = await newPerson('gone@example.org', /Failed to load resource|ERR_/)
  const finish = answerInHalves(model, SENTENCE.repeat(3))
  await composer(page).fill('Tell me about the river.')
  await composer(page).press('Enter')
  await reply(page).getByText('The river is long').waitFor()
  await page.context().setOffline(true)
  moneta.cutConnections()
  finish()
  await composer(page).fill('Meanwhile I write this.')
  await page.context().setOffline(false)
  await reply(page).and(page.locator('[aria-busy="false"]')).waitFor()
  expect((await reply(page).locator('.prose').innerText()).trim()).toBe(SENTENCE.repeat(6).trim())
  expect(await composer(page).inputValue()).toBe('Meanwhile I write this.')
})

test('a session that ends in the middle of an answer leaves it, and the draft, for the next sign-in', async () => {
  const page = await newPerson('expired@example.org', /Failed to load resource/)
  const finish = answerInHalves(model, SENTENCE.repeat(3))
  await composer(page).fill('Tell me about the river.')
  await composer(page).press('Enter')
  await reply(page).getByText('The river is long').waitFor()
  await composer(page).fill('half a thou')
  const address = page.url()
  const other = await page.context().newPage()
  await other.goto(moneta.url)
  await signOut(other)
  finish()

  await page.bringToFront()
  await page.getByRole('dialog', { name: 'Please sign in again' }).waitFor()
  await page.goto(address)
  await signIn(page, 'expired@example.org')
  await reply(page).and(page.locator('[aria-busy="false"]')).waitFor()
  expect((await reply(page).locator('.prose').innerText()).trim()).toBe(SENTENCE.repeat(6).trim())
  expect(await composer(page).inputValue()).toBe('half a thou')
})

test('a new wording that was not sent yet is there after a reload', async () => {
  const page = await newPerson('reword@example.org')
  await say(page, 'What is the tallest hill?')
  const message = page.getByRole('article', { name: 'You' })
  await message.hover()
  await message.getByRole('button', { name: 'Edit and send again' }).click()
  const editor = page.getByRole('textbox', { name: 'Your message, worded anew' })
  await editor.fill('What is the tallest mountain?')
  await page.reload()
  await editor.waitFor()
  expect(await editor.inputValue()).toBe('What is the tallest mountain?')
  await editor.press('Enter')
  await message.getByText('2/2').waitFor()
  await page.reload()
  await expect.poll(() => said(page), PATIENT).toEqual(['What is the tallest mountain?'])
})

test('where one was reading is where one reads on after a reload', async () => {
  const page = await newPerson('place@example.org')
  for (const turn of [1, 2, 3, 4]) {
    model.script = saying(SENTENCE.repeat(40))
    await say(page, `Question number ${turn}.`)
  }
  const view = page.locator('[data-thread]')
  const second = page.getByText('Question number 2.', { exact: true }).last()
  await view.hover()
  await page.mouse.wheel(0, -100)
  await second.evaluate((it) => it.scrollIntoView({ block: 'start' }))
  await page.waitForFunction(() => Object.keys(sessionStorage).some((name) => name.includes(':place:')))
  const top = async () => Math.round((await second.boundingBox())?.y ?? 0)
  const before = await top()
  await page.reload()
  await expect.poll(async () => Math.abs((await top()) - before), PATIENT).toBeLessThan(40)
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await page.reload()
  await expect.poll(() => page.getByText('Question number 4.', { exact: true }).last().isVisible(), PATIENT).toBe(true)
})

test('Escape stops the answer wherever the focus is', async () => {
  const page = await newPerson('escape@example.org')
  const finish = answerInHalves(model, SENTENCE.repeat(3))
  await composer(page).fill('Tell me about the river.')
  await composer(page).press('Enter')
  await reply(page).getByText('The river is long').waitFor()
  await page.locator('main').focus()
  await page.keyboard.press('Escape')
  await reply(page).getByText('The reply stopped here.').waitFor()
  finish()
})

test('Enter that ends an input method’s word sends nothing', async () => {
  const page = await newPerson('compose@example.org')
  await composer(page).fill('こんにちは')
  await composer(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  expect(await composer(page).inputValue()).toBe('こんにちは')
  expect(page.url()).toContain('/new')
})

test('the chosen model answers, in this chat and in the next new one', async () => {
  const page = await newPerson('models@example.org')
  const choose = async (name: RegExp) => {
    await page.getByRole('button', { name: /^Model:/ }).click()
    await page.getByRole('menuitemcheckbox', { name }).click()
  }
  await choose(/brook/)
  await say(page, 'Who are you?')
  await reply(page).getByRole('button', { name: 'brook', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Model: brook' }).waitFor()
  await choose(/river/)
  await page.getByRole('button', { name: 'Model: river' }).waitFor()
  await say(page, 'And now?')
  await reply(page).getByRole('button', { name: 'river', exact: true }).waitFor()
  expect(model.asked.some((asked) => asked.model === 'brook')).toBe(true)
  await page.getByRole('link', { name: 'New chat' }).click()
  await page.getByRole('button', { name: 'Model: brook' }).waitFor()
})

import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { embedSome } from '#server/memory/embed.ts'
import { addMemory } from '#server/memory/remember.ts'
import { createEmbedder } from '#server/model/embedder.ts'
import { systemClock } from '#shared/clock.ts'
import { startEmbeddingsServer } from '../embeddings-server.ts'
import { browserTest } from './browser.ts'
import { say, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

/** Someone who has told all of this, on their dashboard. */
async function remembering(
  email: string,
  memories: { text: string; tags?: string[] }[],
  path = '/memory',
  expectedErrors?: RegExp,
) {
  const page = await openPage({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, expectedErrors })
  await page.goto(moneta.url)
  await signUp(page, email)
  const known = () => moneta.deps.db.prisma.user.findFirstOrThrow({ where: { email } })
  const user = await vi.waitFor(known, { timeout: 20_000, interval: 100 })
  for (const memory of memories) await addMemory({ deps: moneta.deps, userId: user.id, user }, memory)
  await page.goto(moneta.url + path)
  await page.getByRole('heading', { name: 'What I remember' }).waitFor()
  return page
}

const row = (page: Page, text: string) =>
  page.getByRole('region', { name: 'Memories' }).getByRole('button', { name: text })
const detail = (page: Page) => page.getByRole('dialog', { name: 'A memory' })

const FAMILY = [
  { text: 'My sister Ana lives in Porto.', tags: ['family'] },
  { text: 'My brother Tomás lives in Lisbon.', tags: ['family'] },
  { text: 'I keep bees behind the house.' },
]

test('filters stand in the address: chosen, kept over a reload, undone, and gone back to', async () => {
  const page = await remembering('filters@example.org', FAMILY)
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('family')
  await row(page, 'I keep bees').waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('tag')).toBe('family')
  await page.reload()
  await row(page, 'My sister Ana').waitFor()
  expect(await row(page, 'I keep bees').count()).toBe(0)
  await page.getByRole('combobox', { name: 'Place' }).selectOption('Porto')
  await row(page, 'My brother Tomás').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Show all' }).click()
  await row(page, 'I keep bees').waitFor()
  await page.goBack()
  await row(page, 'I keep bees').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Any tag, not only family' }).click()
  await page.waitForURL((url) => !url.searchParams.has('tag'))
  await row(page, 'My sister Ana').waitFor()
})

test('a search marks its words, its memory opens, is corrected in words, tags and time, and shows what it said before', async () => {
  const page = await remembering('correct@example.org', FAMILY)
  await page.getByRole('searchbox', { name: 'Search memories and messages' }).fill('bees')
  await page.getByRole('list', { name: 'Found' }).locator('mark', { hasText: 'bees' }).waitFor()
  await page.getByRole('list', { name: 'Found' }).getByRole('button').first().click()
  const opened = detail(page)
  await opened.getByRole('button', { name: 'Correct' }).click()
  await opened.getByRole('textbox', { name: 'The memory' }).fill('I keep bees on the roof.')
  await opened.getByRole('textbox', { name: /Tags/ }).fill('bees, garden')
  await opened.getByLabel(/Holds until/).fill('2090-05-01')
  await opened.getByRole('button', { name: 'Save' }).click()
  await opened.getByRole('heading', { name: 'Before that' }).waitFor()
  await opened.getByText('I keep bees behind the house.').waitFor()
  await opened.getByText('2090').waitFor()
  await opened.getByRole('link', { name: 'garden' }).click()
  await opened.waitFor({ state: 'detached' })
  await row(page, 'I keep bees on the roof.').waitFor()
  expect(new URL(page.url()).searchParams.get('tag')).toBe('garden')
  const field = page.getByRole('searchbox', { name: 'Search memories and messages' })
  await vi.waitFor(async () => expect(await field.inputValue()).toBe(''), { timeout: 20_000 })
})

test('on a phone nothing that is found is wider than the page', async () => {
  const page = await remembering('narrow@example.org', FAMILY)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${moneta.url}/new`)
  await say(page, `I keep bees, and ${'many '.repeat(12)} hives.`)
  await page.goto(`${moneta.url}/memory?q=bees`)
  const found = page.getByRole('list', { name: 'Found' })
  await found.getByRole('link', { name: 'hives' }).first().waitFor()
  const right = (await found.boundingBox())?.width ?? 0
  expect(right).toBeLessThanOrEqual(350)
})

test('the picture of a busy month is as high as that of a quiet one', async () => {
  const page = await remembering('busy@example.org', FAMILY)
  const { prisma } = moneta.deps.db
  const { id: userId } = await prisma.user.findFirstOrThrow({ where: { email: 'busy@example.org' } })
  const thread = await prisma.thread.create({ data: { userId, id: v7(), title: 'Much', activeAt: new Date() } })
  const said = () => ({ userId, id: v7(), threadId: thread.id, author: 'user' as const, text: 'Much.' })
  await prisma.message.createMany({ data: Array.from({ length: 150 }, said) })
  await page.reload()
  const activity = page.getByRole('region', { name: 'Activity' })
  await activity.getByText('200', { exact: true }).first().waitFor()
  expect((await activity.locator('svg').boundingBox())?.height).toBeLessThan(144)
})

test('how far the texts are embedded is told until all are, and nothing moves when it goes', async () => {
  const server = await startEmbeddingsServer()
  const embedder = createEmbedder({ baseUrl: server.url, model: 'model-a', apiKey: null }, systemClock)
  moneta.deps.embedder = embedder
  onTestFinished(() => {
    moneta.deps.embedder = null
    return server.close()
  })
  const page = await remembering('embedded@example.org', FAMILY)
  const progress = page.getByRole('progressbar', { name: 'Preparing search by meaning' })
  await page.getByText('Preparing search by meaning: 0 of 3 texts').waitFor()
  const top = async () => (await page.getByRole('region', { name: 'Activity' }).boundingBox())?.y
  const before = await top()
  await embedSome(moneta.deps, embedder, 1)
  await page.getByText('1 of 3 texts').waitFor()
  while (await embedSome(moneta.deps, embedder));
  await progress.waitFor({ state: 'detached' })
  expect(await top()).toBe(before)
})

test('what was replaced is history with its days, and can hold again', async () => {
  const page = await remembering('moved@example.org', [{ text: 'I live in Porto.' }, { text: 'I live in Lisbon.' }])
  await row(page, 'I live in Lisbon.').click()
  const opened = detail(page)
  await opened.getByRole('link', { name: 'I live in Porto.' }).click()
  await opened.getByText('This no longer holds.').waitFor()
  await opened.getByRole('link', { name: 'I live in Lisbon.' }).waitFor()
  await opened.getByRole('button', { name: 'It holds again' }).click()
  await opened.getByRole('button', { name: 'Correct' }).waitFor()
  await page.keyboard.press('Escape')
  await row(page, 'I live in Porto.').waitFor()
})

test('several are chosen by keyboard and forgotten after a second question, and come back', async () => {
  const page = await remembering('several@example.org', FAMILY)
  await page.getByRole('button', { name: 'Choose several' }).press('Enter')
  await page.getByRole('checkbox', { name: /My sister Ana/ }).press('Space')
  await page.getByRole('checkbox', { name: /I keep bees/ }).press('Space')
  const chosen = page.getByRole('group', { name: 'Chosen memories' })
  await chosen.getByText('2 chosen').waitFor()
  await chosen.getByRole('button', { name: 'Forget', exact: true }).press('Enter')
  await chosen.getByRole('button', { name: 'Forget all 2?' }).press('Enter')
  await row(page, 'My sister Ana').waitFor({ state: 'detached' })
  await row(page, 'My brother Tomás').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'My sister Ana').waitFor()
  await row(page, 'I keep bees').waitFor()
})

test('what a search holds is counted, forgotten as one, and comes back', async () => {
  const page = await remembering('sweep@example.org', FAMILY, '/memory?q=lives')
  await page.getByText('2 memories with this word').waitFor()
  await page.getByRole('button', { name: 'Forget these 2' }).click()
  await page.getByRole('button', { name: 'Really forget 2 memories?' }).click()
  await page.getByText('0 memories with this word').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('2 memories with this word').waitFor()
})

test('a suggestion says where it comes from; no can be undone, yes keeps it', async () => {
  const page = await remembering('suggest@example.org', [])
  await page.goto(`${moneta.url}/new`)
  await say(page, 'I like chess.')
  await page.getByRole('link', { name: 'What I remember' }).click()
  const suggestions = page.getByRole('region', { name: /Shall I remember/ })
  await suggestions.getByText('You said it on').waitFor()
  await suggestions.getByRole('button', { name: 'No' }).press('Enter')
  await suggestions.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await suggestions.getByRole('button', { name: 'Keep' }).press('Enter')
  await row(page, 'chess').waitFor()
})

test('what came from one chat is forgotten at once, from any memory of it', async () => {
  const page = await remembering('one-chat@example.org', FAMILY.slice(2))
  await page.goto(`${moneta.url}/new`)
  await say(page, 'Remember that my sister Ana lives in Porto.')
  await say(page, 'Remember that Ana plays the cello.')
  await page.getByRole('link', { name: 'What I remember' }).click()
  await row(page, 'Ana plays the cello').click()
  await detail(page)
    .getByRole('button', { name: /^Forget all \d from this chat/ })
    .click()
  await detail(page)
    .getByRole('button', { name: /^Really forget all/ })
    .click()
  await detail(page).waitFor({ state: 'detached' })
  await row(page, 'My sister Ana lives in Porto. Strength').waitFor({ state: 'detached' })
  await row(page, 'I keep bees').waitFor()
})

test('the network shows its parts: what a search finds, what is around one memory, and the list beside it', async () => {
  const page = await remembering('parts@example.org', FAMILY, '/memory?q=Ana&network=large')
  const network = page.getByRole('region', { name: 'How it hangs together' })
  await network.getByText('1 of 3 match').waitFor()
  await network.getByRole('listitem').first().waitFor()
  await network.getByRole('button', { name: 'What the search finds' }).click()
  await page.waitForURL(/part=found/)
  const picture = network.getByRole('group', { name: /how they are linked/ })
  await picture.getByRole('button', { name: /^My sister Ana/ }).press('Enter')
  await detail(page).getByRole('link', { name: 'what hangs together with it' }).click()
  await page.waitForURL(/around=/)
  await detail(page).waitFor({ state: 'detached' })
  await network.getByRole('button', { name: 'Around one memory', pressed: true }).waitFor()
  await network.getByRole('button', { name: 'The strongest' }).click()
  await network.getByRole('button', { name: 'Larger' }).click()
  await network.getByRole('button', { name: 'Smaller' }).click()
  await network.getByRole('button', { name: 'As a list' }).click()
  await network.getByRole('listitem').first().waitFor()
})

test('a search that matches nothing of the network says so, leaves it as it was, and is cleared beside it', async () => {
  const page = await remembering('unmatched@example.org', FAMILY)
  const network = page.getByRole('region', { name: 'How it hangs together' })
  const field = page.getByRole('searchbox', { name: 'Search memories and messages' })
  const coin = network.getByRole('button', { name: /^My sister Ana/ })
  const bees = network.getByRole('button', { name: /^I keep bees/ })
  const opacity = (of: typeof coin) => of.evaluate((element) => getComputedStyle(element).opacity)
  await coin.waitFor()
  await field.fill('Ana')
  await network.getByText('1 of 3 match').waitFor()
  await expect.poll(() => opacity(bees)).toBe('0.15')
  await field.fill('volcano')
  await network.getByText('Nothing in the network matches “volcano”').waitFor()
  await expect.poll(async () => [await opacity(coin), await opacity(bees)]).toEqual(['1', '1'])
  await page.waitForURL(/q=volcano/)
  await network.getByRole('button', { name: 'Clear' }).click()
  await network.getByText('3 memories').waitFor()
  expect(await field.inputValue()).toBe('')
  await page.waitForURL((url) => !url.searchParams.has('q'))
  await field.fill('volcano')
  await network.getByRole('button', { name: 'What the search finds' }).click()
  await network.getByText('Nothing in the network matches “volcano”').waitFor()
  await network.getByRole('button', { name: 'Clear' }).click()
  await coin.waitFor()
})

test('what is chosen or cleared while a search still waits for the next key is not undone by it', async () => {
  const page = await remembering('at-once@example.org', FAMILY)
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 1_000)
  const field = page.getByRole('searchbox', { name: 'Search memories and messages' })
  const asked = () => Object.fromEntries(new URL(page.url()).searchParams)
  await field.fill('Ana')
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('family')
  await page.clock.runFor(1_000)
  await expect.poll(asked).toEqual({ q: 'Ana', tag: 'family' })
  await field.fill('volcano')
  await page.clock.runFor(1_000)
  await field.fill('volcanoes')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.clock.runFor(1_000)
  await expect.poll(asked).toEqual({ tag: 'family' })
  expect(await field.inputValue()).toBe('')
})

test('everything is forgotten only after the sentence is typed, and the account stays', async () => {
  const page = await remembering('everything@example.org', FAMILY, '/memory')
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByRole('button', { name: 'Forget everything…' }).press('Enter')
  const confirm = page.getByRole('button', { name: 'Forget everything for good' })
  await page.getByLabel(/To confirm, type/).fill('forget')
  expect(await confirm.isDisabled()).toBe(true)
  await page.getByLabel(/To confirm, type/).fill('forget everything')
  await page.getByLabel(/To confirm, type/).press('Enter')
  await page.getByText('Everything is forgotten.').waitFor()
  await page.getByRole('link', { name: 'What I remember' }).first().click()
  await page.getByText('Nothing is remembered yet. Tell me').waitFor()
})

test('an account that is deleted is signed out and gone', async () => {
  const page = await remembering('leaving@example.org', FAMILY, '/memory', /Failed to load resource/)
  await page.goto(`${moneta.url}/account`)
  await page.getByRole('button', { name: 'Delete the account…' }).click()
  await page.getByLabel(/To confirm, type/).fill('delete my account')
  await page.getByRole('button', { name: 'Delete the account for good' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  expect(await moneta.deps.db.prisma.user.count({ where: { email: 'leaving@example.org' } })).toBe(0)
})

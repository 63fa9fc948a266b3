import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshThread } from '#server/memory/conversation.ts'
import { browserTest } from './browser.ts'
import { composer, said, say, signUp, startMoneta } from './moneta.ts'

/** A busy machine takes its time. */
const PATIENT = { timeout: 20_000 }

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

async function newPerson(email: string) {
  const page = await openPage({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  await page.goto(moneta.url)
  await signUp(page, email)
  return page
}

async function newChat(page: Page, text: string) {
  await page.goto(`${moneta.url}/new`)
  await composer(page).waitFor()
  await say(page, text)
}

async function chooseInMenu(page: Page, name: string) {
  await page.getByRole('button', { name: 'More for this chat' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

/** A thread of so many turns, as if it had been spoken long ago. */
async function longThread(email: string, turns: number) {
  const { prisma } = moneta.deps.db
  const { id: userId } = await prisma.user.findFirstOrThrow({ where: { email } })
  const threadId = v7()
  const begun = Date.now() - 86_400_000
  await prisma.thread.create({ data: { userId, id: threadId, title: 'Long ago', activeAt: new Date(begun) } })
  const ids = Array.from({ length: turns * 2 }, () => v7())
  await prisma.message.createMany({
    data: ids.map((id, at) => ({
      userId,
      id,
      threadId,
      parentId: ids[at - 1] ?? null,
      author: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: at % 2 === 0 ? `Question ${at / 2}` : `Answer ${(at - 1) / 2}. ${'It is a long story. '.repeat(20)}`,
      createdAt: new Date(begun + at * 1_000),
    })),
  })
  return { userId, threadId, ids }
}

test('what was said in any chat is found in the list, marked, and opened where it stands', async () => {
  const page = await newPerson('search@example.org')
  await newChat(page, 'The violin hangs in the attic.')
  await newChat(page, 'Tomorrow I bake bread.')
  const field = page.getByRole('searchbox', { name: 'Search all chats' })
  await field.fill('violins')
  const found = page.getByRole('list', { name: 'Messages found' }).getByRole('link').first()
  await found.waitFor()
  expect(await found.locator('mark').allInnerTexts()).toEqual(['violin'])
  await found.click()
  const message = page.getByRole('article', { name: 'You' }).filter({ hasText: 'The violin hangs' })
  await message.waitFor()
  await expect.poll(() => message.evaluate((it) => it === document.activeElement), PATIENT).toBe(true)
  expect(await page.getByRole('button', { name: 'Jump to latest' }).count()).toBe(0)
  await field.press('Escape')
  await page.getByRole('link', { name: 'Tomorrow I bake bread' }).waitFor()
})

test('a hit that is followed again leads to its message again', async () => {
  const page = await newPerson('again@example.org')
  await newChat(page, 'The violin hangs in the attic.')
  await say(page, 'A long list:\n'.repeat(60))
  await page.getByRole('searchbox', { name: 'Search all chats' }).fill('violin')
  const found = page.getByRole('list', { name: 'Messages found' }).getByRole('link').filter({ hasText: 'You' }).first()
  const message = page.getByRole('article', { name: 'You' }).filter({ hasText: 'The violin hangs' })
  const inView = () => message.evaluate((it) => it.getBoundingClientRect().top > 0)
  const entries = () => page.evaluate(() => history.length)

  await found.click()
  await expect.poll(inView, PATIENT).toBe(true)
  const before = await entries()
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect.poll(inView, PATIENT).toBe(false)
  await found.click()
  await expect.poll(inView, PATIENT).toBe(true)
  expect(await message.evaluate((it) => it === document.activeElement)).toBe(true)
  expect(await entries()).toBe(before)
})

test('an answer far up in a long chat is found as it reads, without its marks, and again after the end was seen', async () => {
  const page = await newPerson('marks@example.org')
  const { userId, threadId, ids } = await longThread('marks@example.org', 150)
  const [id = ''] = ids.slice(101)
  await moneta.deps.db.prisma.$transaction(async (tx) => {
    const text = '### Where\n- **violins** in [the attic](https://example.org)'
    await tx.message.update({ where: { userId_id: { userId, id } }, data: { text } })
    await refreshThread(tx, { userId, threadId })
  })
  await page.goto(`${moneta.url}/chat/${threadId}`)
  await page.getByRole('searchbox', { name: 'Search all chats' }).fill('violins')
  const found = page.getByRole('link', { name: 'Where violins in the attic' })
  await found.waitFor()
  expect(await found.locator('mark').allInnerTexts()).toEqual(['violins'])
  const answer = page.getByRole('log').getByText('violins')
  const latest = page.getByRole('log').getByText('Question 149', { exact: true })
  await latest.waitFor()
  for (const _ of ['once', 'and once more']) {
    await found.click()
    await answer.waitFor()
    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await latest.waitFor()
    await answer.waitFor({ state: 'detached' })
  }
})

test('the commands find what was said, by keyboard alone', async () => {
  const page = await newPerson('commands@example.org')
  await newChat(page, 'The lighthouse shines at night.')
  await newChat(page, 'Something else.')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('lighthouse shining')
  await page.getByRole('option').filter({ hasText: 'The lighthouse shines' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/message=/)
  await page.getByRole('log').getByText('The lighthouse shines at night.').waitFor()
})

test('a message in the middle of a long chat opens among its neighbours, and the end is a press or a scroll away', async () => {
  const page = await newPerson('long@example.org')
  const { threadId, ids } = await longThread('long@example.org', 150)
  await page.goto(`${moneta.url}/chat/${threadId}?message=${ids[100]}`)
  const log = page.getByRole('log')
  const linked = log.getByText('Question 50', { exact: true })
  await linked.waitFor()
  await expect.poll(async () => (await linked.boundingBox())?.y ?? 0, PATIENT).toBeLessThan(300)
  expect(await log.getByText('Question 149', { exact: true }).count()).toBe(0)

  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await log.getByText('Question 149', { exact: true }).waitFor()
  await expect.poll(() => log.getByText('Question 50', { exact: true }).count(), PATIENT).toBe(0)

  await page.goto(`${moneta.url}/chat/${threadId}?message=${ids[240]}`)
  await log.getByText('Question 120', { exact: true }).waitFor()
  await page.locator('[data-thread]').hover()
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 4_000)
      return log.getByText('Question 149', { exact: true }).count()
    }, PATIENT)
    .toBe(1)
  const questions = await log.getByRole('article', { name: 'You' }).locator('p[dir]').allTextContents()
  const numbers = questions.map((text) => Number(text.replace('Question ', '')))
  expect(numbers).toEqual([...numbers.keys()].map((at) => 150 - numbers.length + at))
})

test('words sent from the middle of a long chat follow its end', async () => {
  const page = await newPerson('middle@example.org')
  const { threadId, ids } = await longThread('middle@example.org', 100)
  await page.goto(`${moneta.url}/chat/${threadId}?message=${ids[0]}`)
  await page.getByRole('log').getByText('Question 0', { exact: true }).waitFor()
  await say(page, 'And now this.')
  const stored = await moneta.deps.db.prisma.message.findFirst({ where: { text: 'And now this.' } })
  expect(stored?.parentId).toBe(ids.at(-1))
})

test('a chat that outgrows a page while it is open keeps all of it in sight', async () => {
  const page = await newPerson('growing@example.org')
  const { threadId } = await longThread('growing@example.org', 24)
  await page.goto(`${moneta.url}/chat/${threadId}`)
  await page.getByRole('log').getByText('Question 23', { exact: true }).waitFor()
  const own = ['The first more.', 'The second more.', 'The third more.']
  for (const text of own) await say(page, text)
  const spoken = [...Array.from({ length: 24 }, (_, at) => `Question ${at}`), ...own]
  await expect.poll(() => said(page), PATIENT).toEqual(spoken)
  await page.reload()
  await page.getByRole('log').getByText('The third more.').waitFor()
  await page.locator('[data-thread]').hover()
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, -4_000)
      return said(page)
    }, PATIENT)
    .toEqual(spoken)
})

test('tags are added in the menu of a chat and narrow the list down', async () => {
  const page = await newPerson('tags@example.org')
  await newChat(page, 'About the garden.')
  await newChat(page, 'About the roof.')
  await chooseInMenu(page, 'Tags')
  const dialog = page.getByRole('dialog', { name: 'Tags' })
  await dialog.getByLabel('New tag').fill('house')
  await dialog.getByLabel('New tag').press('Enter')
  await dialog.getByRole('button', { name: 'Remove house' }).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const chats = page.getByRole('navigation', { name: 'Chats' })
  await chats.getByRole('button', { name: 'house' }).click()
  await chats.getByRole('link', { name: 'About the garden' }).waitFor({ state: 'detached' })
  await chats.getByRole('link', { name: 'About the roof' }).waitFor()
  await chats.getByRole('button', { name: 'house' }).click()
  await chats.getByRole('link', { name: 'About the garden' }).waitFor()
})

test('an archived chat leaves the list, says so, and comes back', async () => {
  const page = await newPerson('archive@example.org')
  await newChat(page, 'An old matter.')
  await chooseInMenu(page, 'Archive')
  const chats = page.getByRole('navigation', { name: 'Chats' })
  await chats.getByRole('link', { name: 'An old matter' }).waitFor({ state: 'detached' })
  await chats.getByRole('button', { name: 'Archived chats' }).click()
  await chats.getByRole('link', { name: 'An old matter' }).waitFor()
  await page.getByRole('note').getByRole('button', { name: 'Bring it back' }).click()
  await chats.getByText('Nothing is archived.').waitFor()
  await chats.getByRole('button', { name: 'Archived chats' }).click()
  await chats.getByRole('link', { name: 'An old matter' }).waitFor()
})

test('on a phone a menu opens within the list, and what it did can be undone', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 } })
  await page.goto(moneta.url)
  await signUp(page, 'phone@example.org')
  await say(page, 'Said on the way.')
  await page.getByRole('button', { name: 'Chats and memory' }).click()
  const list = page.getByRole('dialog', { name: 'Chats and memory' })
  await list.getByRole('button', { name: 'More for Said on the way' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await list.waitFor({ state: 'detached' })
  await page.getByText('Archived.', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('note').waitFor({ state: 'detached' })
})

test('a chat is saved as a file and copied, with no token in any address', async () => {
  const page = await newPerson('export@example.org')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await newChat(page, 'Words to take along.')
  const saved = page.waitForEvent('download')
  await chooseInMenu(page, 'Save as Markdown')
  const file = await saved
  expect(file.suggestedFilename()).toBe('Words-to-take-along.md')
  expect(await readFile(await file.path(), 'utf8')).toContain('# Words to take along')
  await chooseInMenu(page, 'Copy as Markdown')
  await page.getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Words to take along.')
  expect(addresses.filter((address) => /eyJ|take|along/.test(address))).toEqual([])
})

test('a temporary chat says what it is, is found nowhere, and can be ended', async () => {
  const page = await newPerson('temporary@example.org')
  await page.getByRole('button', { name: 'Temporary chat' }).click()
  await page.getByRole('heading', { name: 'Between us, and then gone.' }).waitFor()
  await say(page, 'Nobody shall know of the orchid.')
  const note = page.getByRole('note').filter({ hasText: 'Temporary.' })
  await note.waitFor()
  await page.getByRole('article', { name: 'You' }).hover()
  await page.getByRole('button', { name: 'Remember this', exact: true }).first().waitFor()
  expect(await page.getByRole('button', { name: 'Do not remember this' }).count()).toBe(0)
  await page.getByRole('searchbox', { name: 'Search all chats' }).fill('orchid')
  await page.getByText('Nothing you said matches that.').waitFor()
  await note.getByRole('button', { name: 'End it now' }).click()
  await note.getByRole('button', { name: 'Really end it?' }).click()
  await page.waitForURL('**/new')
  await expect
    .poll(() => moneta.deps.db.prisma.message.count({ where: { text: { contains: 'orchid' } } }), PATIENT)
    .toBe(0)
})

test('a message, or a chat, is kept out of memory and let in again', async () => {
  const page = await newPerson('conceal@example.org')
  await newChat(page, 'Remember that I keep bees.')
  const message = page.getByRole('article', { name: 'You' })
  await message.getByRole('list', { name: 'Remembered from this message' }).getByText('I keep bees').waitFor()
  await message.hover()
  await message.getByRole('button', { name: 'Do not remember this' }).click()
  await message.getByText('In this chat alone').waitFor()
  expect(await message.getByRole('list', { name: 'Remembered from this message' }).count()).toBe(0)
  await message.getByRole('button', { name: 'Undo' }).click()
  await message.getByRole('list', { name: 'Remembered from this message' }).getByText('I keep bees').waitFor()

  await chooseInMenu(page, 'Do not remember this chat')
  await page.getByRole('note').getByText('What you say here is not remembered.').waitFor()
  await page.getByRole('button', { name: 'Remember it again' }).click()
  await page.getByRole('note').waitFor({ state: 'detached' })
})

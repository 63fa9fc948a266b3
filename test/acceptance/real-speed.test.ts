import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from '../browser/browser.ts'
import { composer, said, say, signUp, startMoneta } from '../browser/moneta.ts'
import { REFRESHED, sessionLines, spoilNext, watchMints } from '../browser/session.ts'

/** Milliseconds into the story: its end, when the network goes and comes back, when a token is spoilt. */
const END_MS = 180_000
const AWAY_MS = 70_000
const BACK_MS = 90_000
const SPOIL_MS = 130_000
const PAUSE_MS = 5_000
const PERIOD_S = 50

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta?.close())

/** Each message has a word of its own, by which it is found again. */
const message = (number: number) => `This is message ${number}, named m${number}x.`

/** The seconds since now at which a page says that its token was refreshed. */
function refreshTimes(page: Page): number[] {
  const began = Date.now()
  const times: number[] = []
  page.on('console', (message) => {
    if (message.text() === REFRESHED) times.push(Math.round((Date.now() - began) / 100) / 10)
  })
  return times
}

async function lookAround(dashboard: Page, sent: number) {
  await dashboard.getByRole('link', { name: 'New chat' }).click()
  await composer(dashboard).waitFor()
  await dashboard.getByRole('link', { name: 'What I remember' }).click()
  await dashboard
    .locator('dl[aria-busy="false"]')
    .getByText(/days? active/)
    .waitFor()
  await dashboard.getByRole('heading', { name: 'How it hangs together' }).waitFor()
  await dashboard.getByRole('link', { name: 'This is message 1' }).first().waitFor()
  await dashboard.getByRole('searchbox', { name: 'Search memories and messages' }).fill(`m${sent}x`)
  await dashboard.getByRole('list', { name: 'Found' }).getByText(message(sent)).first().waitFor()
}

test('three minutes of chat and dashboard on 60-second tokens, through a lost network and a spoilt token', async () => {
  const chat = await openPage({ expectedErrors: /net::ERR_|Failed to load resource/ })
  const context = chat.context()
  const mints = watchMints(context)
  await chat.goto(moneta.url)
  await signUp(chat, 'real-speed@example.org')
  const messages = [message(1)]
  await say(chat, message(1))
  const dashboard = await context.newPage()
  await dashboard.goto(moneta.url)
  const refreshed = { chat: refreshTimes(chat), dashboard: refreshTimes(dashboard) }
  const lines = [sessionLines(chat), sessionLines(dashboard)]
  const began = Date.now()
  const at = () => Date.now() - began
  const next = () => {
    const text = message(messages.length + 1)
    messages.push(text)
    return text
  }
  let looks = 0
  let beforeRefusals = 0
  let away = false
  let spoilt = false

  while (at() < END_MS) {
    if (!away && at() >= AWAY_MS) {
      away = true
      await context.setOffline(true)
      await chat.locator('[data-session]').getByText('Offline').waitFor()
      for (let count = 0; count < 3; count++) {
        await composer(chat).fill(next())
        await composer(chat).press('Enter')
      }
      await chat.waitForTimeout(BACK_MS - AWAY_MS)
      await context.setOffline(false)
      await chat.locator('[data-session]').getByText('Live').waitFor()
      await expect.poll(() => chat.getByText('on its way').count(), { timeout: 30_000 }).toBe(0)
      await expect.poll(() => chat.locator('[aria-busy="true"]').count(), { timeout: 30_000 }).toBe(0)
    }
    if (!spoilt && at() >= SPOIL_MS) {
      spoilt = true
      beforeRefusals = moneta.refused.length
      await spoilNext(chat, 'chat.send')
    }
    await chat.bringToFront()
    await say(chat, next())
    await dashboard.bringToFront()
    await lookAround(dashboard, messages.length)
    looks += 1
    await chat.waitForTimeout(PAUSE_MS)
  }

  const { prisma } = moneta.deps.db
  const all = lines.flat()
  const thread = chat.locator('[data-thread]')
  await chat.bringToFront()
  await expect
    .poll(
      async () => {
        await thread.evaluate((element) => element.scrollTo(0, 0))
        return (await said(chat)).length
      },
      { timeout: 30_000 },
    )
    .toBe(messages.length)
  const stored = await prisma.message.findMany({ where: { author: 'user' }, orderBy: { createdAt: 'asc' } })
  const rows = JSON.stringify([await prisma.user.findMany(), await prisma.memory.findMany(), stored])
  const replayed = all.filter((line) => line === '[Fetch] Got 401, refreshing token and retrying...').length
  const report = {
    seconds: Math.round(at() / 1000),
    'messages sent, shown, stored': [messages.length, (await said(chat)).length, stored.length],
    'looks at the dashboard': looks,
    'refreshes of the chat, at seconds': refreshed.chat,
    'refreshes of the dashboard, at seconds': refreshed.dashboard,
    'tokens asked for by both': mints.length,
    'calls refused, replayed': [moneta.refused.length, replayed],
    'calls refused before the spoilt token': beforeRefusals,
    'failed refreshes': all.filter((line) => line.includes('❌')).length,
    'sign-outs': all.filter((line) => line.includes('session expired')).length,
  }
  console.log(report)

  expect(beforeRefusals).toBe(0)
  expect(moneta.refused).toEqual(['/trpc/chat.send'])
  expect(replayed).toBe(1)
  expect(report['sign-outs']).toBe(0)
  expect(await prisma.localSession.count({ where: { endedAt: { not: null } } })).toBe(0)
  expect(await chat.locator('[data-session="live"]').count()).toBe(1)
  expect(await said(chat)).toEqual(messages)
  expect(stored.map(({ text }) => text)).toEqual(messages)
  expect(rows + moneta.logged.join('\n')).not.toMatch(/anonymous/i)
  // The network being away and the spoilt token bring one refresh each out of turn.
  expect(refreshed.chat.length).toBeGreaterThanOrEqual(Math.floor(END_MS / 1000 / PERIOD_S))
  expect(refreshed.chat.length).toBeLessThanOrEqual(Math.floor(END_MS / 1000 / PERIOD_S) + 2)
})

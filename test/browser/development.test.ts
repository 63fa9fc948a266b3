import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonetaProcess, startDevelopment } from '../process/moneta-process.ts'
import { browserTest } from './browser.ts'
import { composer, signUp } from './moneta.ts'
import { REFRESHED, sessionLines } from './session.ts'

const TOKEN_SECONDS = 6

const { openPage } = browserTest()
let moneta: MonetaProcess
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'moneta-development-'))
  moneta = await startDevelopment({ DATA_DIR: dataDir, LOCAL_TOKEN_SECONDS: String(TOKEN_SECONDS) })
})
afterAll(async () => {
  await moneta?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('in development a panel tells what the session does, without any token, and a hot reload ends neither it nor a draft', async () => {
  const page = await openPage()
  const lines = sessionLines(page)
  const updates: string[] = []
  page.on('console', (message) => {
    if (/hot updated: .*session-host/.test(message.text())) updates.push(message.text())
  })
  await page.goto(moneta.url)
  await signUp(page, 'developer@example.org')
  await composer(page).fill('half a thought')
  const panel = page.locator('details', { hasText: 'Session:' })
  await expect.poll(() => panel.textContent()).toMatch(/ · refreshed · /)
  expect(await panel.textContent()).not.toMatch(/eyJ/)

  await utimes('client/app/session-host.tsx', new Date(), new Date())
  await expect.poll(() => updates.length).toBe(1)
  const refreshed = () => lines.filter((line) => line === REFRESHED).length
  const before = refreshed()
  await expect.poll(refreshed).toBeGreaterThan(before + 1)
  expect(await composer(page).inputValue()).toBe('half a thought')
  expect(await panel.textContent()).toMatch(/ · refreshed · /)
})

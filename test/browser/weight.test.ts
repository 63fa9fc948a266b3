import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { startMoneta } from './moneta.ts'

/** For all scripts until the first page can be written in, clerk-js among them, in bytes as sent. */
const BUDGET = 200_000

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

test('the scripts of the first page stay within their budget', async () => {
  const page = await openPage()
  const sizes: Promise<[string, number]>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || !response.url().startsWith(moneta.url)) return
    const size = response.request().sizes()
    sizes.push(size.then(({ responseBodySize }) => [new URL(response.url()).pathname, responseBodySize]))
  })
  await page.goto(moneta.url)
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  const first = Object.fromEntries(await Promise.all(sizes))
  const total = Object.values(first).reduce((sum, size) => sum + size, 0)
  expect(total, JSON.stringify(first, null, 2)).toBeLessThan(BUDGET)
})

import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { startMoneta } from './moneta.ts'

/** For all scripts until the first page can be written in, clerk-js among them, in bytes as sent. */
const BUDGET = 200_000
/** For all scripts without which a signed-in person cannot write, clerk-js among them, in bytes as sent. */
const CHAT_BUDGET = 275_000
const ASSETS = 'dist/client/assets'

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

test('the scripts that a chat cannot do without stay within theirs', () => {
  const entries = readdirSync(ASSETS).filter((file) => /^(index|signed-in)-.*\.js$/.test(file))
  expect(entries).toHaveLength(2)
  const needed = new Set<string>()
  for (const entry of entries) addWithImports(entry, needed)
  const sizes = [...needed].map((file) => [file, gzipSync(readFileSync(`${ASSETS}/${file}`)).length] as const)
  const clerk = gzipSync(readFileSync('node_modules/@clerk/clerk-js/dist/clerk.browser.js'), { level: 9 }).length
  const total = sizes.reduce((sum, [, size]) => sum + size, clerk)
  expect(total, JSON.stringify(Object.fromEntries(sizes), null, 2)).toBeLessThan(CHAT_BUDGET)
})

/** A script, and all that it imports before it runs. */
function addWithImports(file: string, needed: Set<string>): void {
  if (needed.has(file)) return
  needed.add(file)
  const imports = readFileSync(`${ASSETS}/${file}`, 'utf8').matchAll(/\b(?:from|import)\s*"\.\/([^"]+\.js)"/g)
  for (const [, imported = ''] of imports) addWithImports(imported, needed)
}

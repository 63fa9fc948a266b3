import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModelServer, saying, startModelServer } from '../model-server.ts'
import { browserTest } from './browser.ts'
import { say, signUp, startMoneta } from './moneta.ts'

const REPLY = `A [good](https://example.org/) and a [bad](javascript:alert(1)) link, <b>no markup</b>.

![a pixel](https://tracker.example.org/pixel.png)

| ${Array.from({ length: 12 }, (_, at) => `Column number ${at}`).join(' | ')} |
|${'---|'.repeat(12)}
| ${Array.from({ length: 12 }, (_, at) => `unbreakable${at}`).join(' | ')} |

\`\`\`ts
const answer = 42 // of all
\`\`\`

The root is $\\sqrt{x_1}$; it costs $5 or $6.

${'long'.repeat(80)}

مرحبا بالعالم
`

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>
let model: ModelServer

beforeAll(async () => {
  model = await startModelServer(saying(REPLY))
  moneta = await startMoneta({ MODEL_PROVIDER: 'openai-compatible', MODEL_BASE_URL: model.url, MODEL: 'river' })
})
afterAll(async () => {
  await moneta.close()
  await model.close()
})

test('a reply is set as Markdown that is safe, fits its page and asks nothing of others', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 } })
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname))
  await page.goto(moneta.url)
  await signUp(page, 'markdown@example.org')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await say(page, 'Show me all of it.')
  const reply = page.getByRole('article', { name: 'Moneta' })

  const good = reply.getByRole('link', { name: 'good' })
  await good.waitFor()
  expect(await good.getAttribute('rel')).toContain('noopener')
  expect(await reply.getByRole('link', { name: 'bad' }).count()).toBe(0)
  await reply.getByText('<b>no markup</b>').waitFor()
  expect(await reply.locator('img').count()).toBe(0)
  expect(await reply.getByRole('link', { name: 'a pixel' }).getAttribute('href')).toContain('tracker.example.org')

  expect(await reply.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true)
  const table = reply.locator('.wide')
  expect(await table.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true)

  await reply.locator('[data-token="kwd"]').filter({ hasText: 'const' }).waitFor()
  await reply.getByText('ts', { exact: true }).waitFor()
  await reply.getByRole('button', { name: 'Copy code' }).click()
  await reply.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42 // of all')

  await reply.locator('msqrt').waitFor({ state: 'attached' })
  await reply.getByText('it costs $5 or $6.').waitFor()
  const arabic = reply.getByText('مرحبا بالعالم')
  expect(await arabic.evaluate((it) => getComputedStyle(it).unicodeBidi)).toBe('plaintext')
  expect([...hosts].filter((host) => host !== '' && host !== '127.0.0.1')).toEqual([])
})

import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'

/** Where the browser is unpacked: its version is in the name. */
export const BROWSER_HOME = resolve('node_modules/.cache/chromium-147')

/** Starts Chromium: the one that arrived by npm, or the system's Chrome where npm brings none. */
export function launchBrowser(): Promise<Browser> {
  // Never the package's own arguments: they switch web security off. clerk-js takes an automated browser for offline.
  const args = ['--no-sandbox', '--disable-blink-features=AutomationControlled']
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args })
  return chromium.launch({
    executablePath: join(BROWSER_HOME, 'chromium'),
    args: [...args, '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(BROWSER_HOME, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(BROWSER_HOME, 'fonts'),
    },
  })
}

/** One browser for the tests of a file. Whatever a page reports as an error fails the test it happened in. */
export function useBrowser() {
  let browser: Browser
  const contexts: BrowserContext[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    expect(complaints.splice(0), 'errors on the page').toEqual([])
  })
  afterAll(() => browser?.close())

  /** A page of a person who shares no cookie with another; pages of one person come from `page.context()`. */
  async function openPage(options: BrowserContextOptions & { expectedErrors?: RegExp } = {}): Promise<Page> {
    const { expectedErrors, ...contextOptions } = options
    const context = await browser.newContext(contextOptions)
    contexts.push(context)
    const complain = (text: string) => {
      if (!expectedErrors?.test(text)) complaints.push(text)
    }
    context.on('weberror', (error) => complain(String(error.error())))
    context.on('console', (message) => {
      if (message.type() === 'error') complain(message.text())
    })
    return context.newPage()
  }

  return { openPage }
}

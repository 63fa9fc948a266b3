import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from './chromium.ts'

/** One browser for the tests of a file. Whatever a page reports as an error fails the test it happened in. */
export function browserTest() {
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

import { expect, test } from 'vitest'
import { browserTest } from './browser.ts'
import { say, signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
const LIFETIME_S = 4

test('chat and dashboard live through three token lifetimes without one UNAUTHORIZED on the wire', async () => {
  const moneta = await startMoneta({ LOCAL_TOKEN_SECONDS: String(LIFETIME_S) })
  const chat = await openPage()
  try {
    const lines: string[] = []
    chat.on('console', (message) => lines.push(message.text()))
    await chat.goto(moneta.url)
    await signUp(chat, 'steady@example.org')
    const begun = Date.now()
    await say(chat, 'I am writing this at the beginning.')

    const dashboard = await chat.context().newPage()
    await dashboard.goto(`${moneta.url}/memory`)
    await dashboard.getByText(/days? active/).waitFor()

    for (let lifetime = 1; lifetime <= 3; lifetime++) {
      // Real time: the tokens are checked by the real SDKs, which know no other.
      await chat.waitForTimeout(begun + lifetime * (LIFETIME_S * 1000 + 300) - Date.now())
      await chat.bringToFront()
      await say(chat, `Lifetime number ${lifetime} is over.`)
      await dashboard.bringToFront()
      await dashboard.getByRole('searchbox', { name: 'Search memories and messages' }).fill(`number ${lifetime}`)
      await dashboard.getByRole('list', { name: 'Found' }).getByText(`Lifetime number ${lifetime}`).first().waitFor()
    }

    expect(moneta.refused).toEqual([])
    expect(lines.filter((line) => line === '[Token Refresh] ✅ Token refreshed successfully').length).toBeGreaterThan(2)
    expect(lines.join('\n')).not.toMatch(/eyJ/)
    expect(moneta.logged.join('\n')).not.toMatch(/anonymous/i)
  } finally {
    await chat.context().close()
    await moneta.close()
  }
})

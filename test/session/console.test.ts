import { expect, test } from 'vitest'
import { logChatMounted, logSession } from '#client/auth/console.ts'
import { unavailable } from './provider.ts'
import { outcome, setScene } from './scene.ts'

async function loggedScene() {
  const scene = await setScene()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const stop = logSession(scene.keeper, { log })
  return { ...scene, lines, log, stop }
}

test('the console tells of a refresh every 50 s, and of one that failed', async () => {
  const { clock, lines, provider } = await loggedScene()
  await clock.step(50_000)
  provider.next.push(unavailable)
  await clock.step(51_000)

  expect(lines).toEqual([
    '[Token Refresh] Auto-refresh enabled (every 50s)',
    '[Token Refresh] Refreshing JWT token...',
    '[Token Refresh] ✅ Token refreshed successfully',
    '[Token Refresh] Refreshing JWT token...',
    '[Token Refresh] ❌ Failed to get new token',
    '[Token Refresh] Refreshing JWT token...',
    '[Token Refresh] ✅ Token refreshed successfully',
  ])
})

test('the console tells of a 401 once, however many operations met it, and when it lasts', async () => {
  const { backend, client, lines } = await loggedScene()
  await client.echo.query({ text: 'first' })
  lines.length = 0
  backend.refuse = () => 'revoked'

  await Promise.all(['a', 'b', 'c'].map((text) => outcome(client.echo.query({ text }))))

  expect(lines).toEqual([
    '[Fetch] Got 401, refreshing token and retrying...',
    '[Token Refresh] Refreshing JWT token...',
    '[Token Refresh] ✅ Token refreshed successfully',
    '[Fetch] Still getting 401 after token refresh - session expired',
  ])
})

test('the chat has a line of its own, once, as soon as there is a token', async () => {
  const { clock, keeper, lines, log } = await loggedScene()
  logChatMounted(keeper, { log })
  logChatMounted(keeper, { log })
  expect(lines).toEqual([])

  await clock.step(1)
  logChatMounted(keeper, { log })

  expect(lines).toContain('[Chat Token Refresh] Auto-refresh enabled (every 50s)')
  expect(lines).toHaveLength(2)
})

test('no line, no event and no state ever holds a token or a part of one', async () => {
  const { backend, client, clock, events, keeper, lines, provider } = await loggedScene()
  const states: unknown[] = []
  keeper.subscribe(() => states.push(keeper.state()))
  await client.echo.query({ text: 'first' })
  provider.next.push(unavailable)
  await clock.step(55_000)
  backend.refuse = () => 'revoked'
  await outcome(client.echo.query({ text: 'last' }))

  const told = JSON.stringify([lines, events, states])
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['refresh-failed', 'rejected', 'ended']))
  for (const { value } of provider.made) for (const part of value.split('.')) expect(told).not.toContain(part)
})

test('a log that was stopped says nothing more', async () => {
  const { clock, lines, stop } = await loggedScene()
  stop()

  await clock.step(60_000)

  expect(lines).toEqual([])
})

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { AppRouter } from '#shared/router.ts'
import { createBrowser, PASSWORD } from '../person.ts'
import { startProcess } from './moneta-process.ts'

const KILL_AFTER = 25

test('a server killed during writes has every message that it acknowledged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'moneta-'))
  const environment = { DATA_DIR: join(folder, 'data'), PORT: '0' }
  try {
    const first = await startProcess(environment)
    const person = createBrowser(first.url)
    const signUp = await person.ask('/client/sign_ups', { email_address: 'ada@example.org', password: PASSWORD })
    person.sessionId = (await signUp.json()).response.created_session_id
    const api = apiOf(first.url, await person.token())
    const threadId = uuid()
    const acknowledged: string[] = []

    async function write() {
      for (;;) {
        const messageId = uuid()
        await api.chat.send.mutate({ threadId, messageId, replyId: uuid(), text: `Message ${messageId}` })
        acknowledged.push(messageId)
        if (acknowledged.length === KILL_AFTER) first.child.kill('SIGKILL')
      }
    }
    const writers = Promise.allSettled([write(), write(), write()])
    await once(first.child, 'exit')
    await writers
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER)

    const second = await startProcess(environment)
    const again = apiOf(second.url, await person.token(second.url))
    const kept = new Map<string, string>()
    let before: string | null = null
    do {
      const page = await again.chat.thread.query({ id: threadId, before, limit: 200 })
      for (const message of page.messages) kept.set(message.id, message.text)
      expect(page.messages.map(({ status }) => status)).not.toContain('streaming')
      before = page.earlier
    } while (before)
    for (const id of acknowledged) expect(kept.get(id)).toBe(`Message ${id}`)
    await second.stop()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

function apiOf(url: string, token: string) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchStreamLink({ url: `${url}/trpc`, headers: { authorization: `Bearer ${token}` } })],
  })
}

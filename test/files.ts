import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import type { ImportSummary } from '#shared/transfer.ts'
import type { TestServer } from './harness.ts'
import type { Person } from './person.ts'

type Sent = { status: number; body: ImportSummary & { message?: string } }

/** Files in and out of a server, as a person's page asks for them. */
export function filesOf(server: () => Pick<TestServer, 'url' | 'signUp'>, name: string) {
  let people = 0
  return {
    newPerson: () => server().signUp(`${name}${++people}@example.org`),
    async send(person: Person, body: string | Uint8Array<ArrayBuffer>): Promise<Sent> {
      const authorization = `Bearer ${await person.token()}`
      const response = await fetch(`${server().url}/files/import`, { method: 'POST', headers: { authorization }, body })
      return { status: response.status, body: await response.json() }
    },
    async take(person: Person, file = 'moneta.json'): Promise<string> {
      const authorization = `Bearer ${await person.token()}`
      return (await fetch(`${server().url}/files/${file}`, { headers: { authorization } })).text()
    },
  }
}

/** A conversation of a person's, in which each thing they say is answered a minute before the next. */
export function talk(server: TestServer, person: Person) {
  const { chat } = server.api(person)
  const threadId = uuidv7()
  return {
    threadId,
    async say(text: string, parentId: string | null = null) {
      const ids = { threadId, messageId: uuidv7(), replyId: uuidv7() }
      await chat.send.mutate({ ...ids, parentId, text })
      await expect
        .poll(async () => (await chat.thread.query({ id: threadId })).messages.at(-1)?.status, { timeout: 20_000 })
        .toBe('complete')
      server.clock.advance(60_000)
      return ids
    },
    save: async () => (await chat.export.query({ id: threadId, format: 'json' })).content,
  }
}

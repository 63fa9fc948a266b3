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

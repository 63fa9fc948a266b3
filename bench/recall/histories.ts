import { adoptedId } from '#server/transfer/local-ids.ts'
import { signUp } from '../../test/chat/spawn.ts'
import { type Api, createApi } from '../client.ts'
import type { History } from './locomo.ts'

/** Somebody whose history one of the conversations is. */
export interface ImportedUser {
  userId: string
  questions: { text: string; category: number; evidence: ReadonlySet<string> }[]
  api: Api
}

/** Signs somebody up for each history and imports it for them, as a file. */
export async function importAll(url: string, histories: readonly History[]): Promise<ImportedUser[]> {
  const users: ImportedUser[] = []
  for (const [at, { threads, questions }] of histories.entries()) {
    const person = await signUp(url, `bench-${at}@example.org`)
    const token = await person.token()
    const api = createApi(url, token)
    const { id: userId } = await api.session.me.query()
    const body = JSON.stringify({ format: 'moneta', version: 1, memories: [], forgotten: [], threads })
    const imported = await fetch(`${url}/files/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    })
    if (!imported.ok) throw new Error(`The history was not imported: ${await imported.text()}`)
    users.push({
      userId,
      api,
      questions: questions.map((question) => ({
        ...question,
        evidence: new Set(question.evidence.map((key) => adoptedId(userId, key))),
      })),
    })
  }
  return users
}

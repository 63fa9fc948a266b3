import { createTRPCClient, httpLink } from '@trpc/client'
import { adoptedId } from '#server/transfer/local-ids.ts'
import type { AppRouter } from '#shared/router.ts'
import { signUp } from '../../test/chat/spawn.ts'
import type { History } from './locomo.ts'

/** Somebody whose history one of the conversations is. */
export interface ImportedUser {
  userId: string
  questions: { text: string; category: number; evidence: ReadonlySet<string> }[]
  api: ReturnType<typeof createTRPCClient<AppRouter>>
}

/** Signs somebody up for each history and imports it for them, as a file. */
export async function importAll(url: string, histories: readonly History[]): Promise<ImportedUser[]> {
  const users: ImportedUser[] = []
  for (const [at, { threads, questions }] of histories.entries()) {
    const person = await signUp(url, `bench-${at}@example.org`)
    const headers = { authorization: `Bearer ${await person.token()}` }
    const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] })
    const { id: userId } = await api.session.me.query()
    const body = JSON.stringify({ format: 'moneta', version: 1, memories: [], forgotten: [], threads })
    const imported = await fetch(`${url}/files/import`, { method: 'POST', headers, body })
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

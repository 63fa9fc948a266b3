import { createTRPCClient, httpLink } from '@trpc/client'
import { derivedId } from '#server/transfer/local-ids.ts'
import { saveThread } from '#server/transfer/save-thread.ts'
import type { Clock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import type { TestServer } from '../../test/harness.ts'
import type { History } from './locomo.ts'

/** Somebody whose history one of the conversations is. */
export interface ImportedUser {
  userId: string
  questions: { text: string; category: number; evidence: ReadonlySet<string> }[]
  api: ReturnType<typeof createTRPCClient<AppRouter>>
}

/** Signs somebody up for each history and imports it for them. */
export async function importAll(server: TestServer<Clock>, histories: readonly History[]): Promise<ImportedUser[]> {
  const users: ImportedUser[] = []
  for (const [at, { threads, questions }] of histories.entries()) {
    const person = await server.signUp(`bench-${at}@example.org`)
    const headers = { authorization: `Bearer ${await person.token()}` }
    const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers })] })
    const { id: userId } = await api.session.me.query()
    for (const thread of threads) await server.deps.db.prisma.$transaction((tx) => saveThread(tx, userId, thread))
    users.push({
      userId,
      api,
      questions: questions.map((question) => ({
        ...question,
        evidence: new Set(question.evidence.map((key) => turnId(userId, key))),
      })),
    })
  }
  return users
}

/** "D3:7" is the seventh turn of the third session. */
function turnId(userId: string, key: string): string {
  return derivedId(userId, `S${key.slice(1, key.indexOf(':'))}`, key)
}

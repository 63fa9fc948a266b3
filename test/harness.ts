import { createServer } from 'node:http'
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { Router } from 'express'
import { assemble, type Moneta } from '#server/assemble.ts'
import { readConfig } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { close, listen } from '#server/http/listen.ts'
import type { Page } from '#server/http/page.ts'
import type { Log } from '#server/log.ts'
import type { Clock } from '#shared/clock.ts'
import type { AppRouter } from '#shared/router.ts'
import { FakeClock } from './clock.ts'
import { createPerson, type Person } from './person.ts'

const NO_PAGE: Page = { router: Router(), close: async () => {} }

interface Options<C extends Clock> {
  /** Environment variables, over those of a test server. */
  environment?: Record<string, string>
  /** A database to share with another server, or one that fails; its maker closes it. */
  db?: Database
  /** Left out, one that stands still until it is stepped. */
  clock?: C
  /** Left out, none. */
  page?: Page
}

export interface TestServer<C extends Clock = FakeClock> {
  /** `http://127.0.0.1:PORT` */
  url: string
  deps: Moneta['deps']
  clock: C
  /** What was logged, a line of JSON each. */
  logged: string[]
  /** A new account, signed in as a browser would be. */
  signUp(email: string): Promise<Person>
  /** The API as the page calls it; nobody is signed in without a person. */
  api(person?: Person): ReturnType<typeof createTRPCClient<AppRouter>>
  /** Breaks every connection there is, in the middle of whatever it carries; new ones are taken. */
  cutConnections(): void
  close(): Promise<void>
}

/** The real application on a free port and a real database; only time stands still, and steps when told. */
export async function startServer<C extends Clock = FakeClock>({
  environment = {},
  clock = new FakeClock() as Clock as C,
  db,
  page = NO_PAGE,
}: Options<C> = {}): Promise<TestServer<C>> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environment })
  const database = db ?? (await emptyDatabase())
  const logged: string[] = []
  const moneta = await assemble({ config, db: database, clock, log: listTo(logged), page, development: false })
  const server = createServer(moneta.app)
  const url = await listen(server, config)
  return {
    url,
    deps: moneta.deps,
    clock,
    logged,
    signUp: (email) => createPerson(url, database.prisma, email),
    api: (person) =>
      createTRPCClient<AppRouter>({
        links: [
          httpBatchStreamLink({
            url: `${url}/trpc`,
            methodOverride: 'POST',
            headers: async () => (person ? { authorization: `Bearer ${await person.token()}` } : {}),
          }),
        ],
      }),
    cutConnections: () => server.closeAllConnections(),
    async close() {
      await close(server, 0)
      await moneta.close()
      if (!db) await database.close()
    },
  }
}

/** Only tests have one: benchmarks, which hand in theirs, run without Vitest. */
async function emptyDatabase(): Promise<Database> {
  const { openTestDatabase } = await import('./database/open.ts')
  return openTestDatabase()
}

function listTo(lines: string[]): Log {
  const write = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  return { debug: write, info: write, warn: write, error: write }
}

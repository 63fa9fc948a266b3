import { readFile } from 'node:fs/promises'
import type { Home } from '#server/db/home.ts'
import { openPglite } from '#server/db/pglite.ts'
import { type PgliteThread, startPgliteThread } from '#server/db/pglite-thread.ts'
import { createLog } from '#server/log.ts'

const NO_ROWS = `do $$ begin
  execute (select 'truncate ' || string_agg(oid::regclass::text, ',') from pg_class
           where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations');
end $$`
const NO_TABLES = 'drop schema public cascade; create schema public'

const idle = { migrated: [] as PgliteThread[], empty: [] as PgliteThread[] }

/**
 * A home in memory. Its thread, which takes half a second to start, serves the next one in the same test file; its
 * connection does not, so that whoever still uses a closed home gets an error and not somebody else's rows.
 */
export async function openTestPglite(template: string, kind: keyof typeof idle): Promise<Home> {
  const thread = idle[kind].pop() ?? (await startPgliteThread({ dataDir: null, template: await readFile(template) }))
  const lent = { ...thread, stop: async () => void idle[kind].push(thread) }
  const home = openPglite({ start: async () => lent, log: createLog('silent') })
  await home.pool.query(kind === 'empty' ? NO_TABLES : NO_ROWS)
  return home
}

import { createServer } from 'node:http'
import { join } from 'node:path'
import { systemClock } from '#shared/clock.ts'
import { assemble } from './assemble.ts'
import { startChatUpkeep } from './chat/upkeep.ts'
import type { Deps } from './context.ts'
import { close, listen } from './http/listen.ts'
import { builtPage, developmentPage } from './http/page.ts'
import { startEmbedding } from './memory/embed.ts'
import { startUpkeep } from './memory/upkeep.ts'

/** How long requests under way may take to end once the process was asked to stop, in milliseconds. */
const GRACE_MS = 5000

interface Opened extends Pick<Deps, 'config' | 'db' | 'log'> {
  development: boolean
}

interface Served {
  /** Where to open it, such as `http://127.0.0.1:3000`. */
  address: string
  /** Finishes what is under way. The database is its opener's to close. Resolves with whether all of it closed. */
  close(): Promise<boolean>
}

/**
 * Serves Moneta on an open database.
 *
 * @throws {ListenError} when the configured address cannot be listened on.
 */
export async function serve({ development, ...ground }: Opened): Promise<Served> {
  const server = createServer()
  const page = development ? await developmentPage(server) : builtPage(join(process.cwd(), 'dist/client'))
  const moneta = await assemble({ ...ground, clock: systemClock, page, development })
  const upkeep = [startUpkeep(moneta.deps), startChatUpkeep(moneta.deps), startEmbedding(moneta.deps)]
  server.on('request', moneta.app)
  const address = await listen(server, ground.config)
  return {
    address,
    async close() {
      const ended = close(server, GRACE_MS)
      for (const stopUpkeep of upkeep) stopUpkeep()
      const closed = await Promise.allSettled([moneta.close().then(() => ended), page.close()])
      return closed.every(({ status }) => status === 'fulfilled')
    },
  }
}

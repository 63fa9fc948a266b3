import type { Clock } from '#shared/clock.ts'
import type { Database } from './db/database.ts'
import type { Log } from './log.ts'
import type { Embedder } from './model/embedder.ts'

/** What the domains stand on for as long as the process lives; it knows none of them. */
export interface Ground {
  db: Database
  clock: Clock
  log: Log
  /** Null where only the built-in word vectors tell what texts mean. */
  embedder: Embedder | null
}

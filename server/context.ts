import type { Clock } from '#shared/clock.ts'
import type { Me, PublicConfig } from '#shared/session.ts'
import type { Generations } from './chat/generations.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Identified, Identity } from './identity/identity.ts'
import type { Log } from './log.ts'
import type { Embedder } from './model/embedder.ts'

/** What lives as long as the process. */
export interface Deps {
  config: Config
  db: Database
  clock: Clock
  log: Log
  identity: Identity
  /** Null where only the built-in word vectors tell what texts mean. */
  embedder: Embedder | null
  /** The replies that are being written. */
  chat: Generations
  publicConfig: PublicConfig
}

/** What lives as long as one HTTP request. */
export interface Context {
  deps: Deps
  caller: Identified
  signal: AbortSignal
}

/** A request whose caller is known: what every protected procedure receives. */
export interface UserContext {
  deps: Deps
  user: Me
  userId: string
  signal: AbortSignal
}

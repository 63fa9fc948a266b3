import type { Me, PublicConfig } from '#shared/session.ts'
import type { Generations } from './chat/generations.ts'
import type { Config } from './config.ts'
import type { Ground } from './ground.ts'
import type { Identified, Identity } from './identity/identity.ts'

/** What lives as long as the process. */
export interface Deps extends Ground {
  config: Config
  identity: Identity
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

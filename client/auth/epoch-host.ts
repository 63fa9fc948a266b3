import type { Clock } from '#shared/clock.ts'
import type { News } from './session-events.ts'
import type { World } from './world.ts'

/** What an epoch needs of its keeper. */
export interface EpochHost {
  readonly clock: Clock
  readonly world: World
  /** Between 0 and 1, as Math.random. */
  readonly random: () => number
  /** How long a refresh may take, and an operation may wait, in milliseconds. */
  readonly patienceMs: number
  /** The browser says so, and the provider has not answered since. */
  offline: boolean
  /** False while hidden, offline or stopped: then only a waiting operation is a reason to ask for a token. */
  mayRefreshUnasked(): boolean
  emit(news: News): void
  changed(): void
}

import { systemClock } from '#shared/clock.ts'
import { browserWorld, removeLegacyTokens } from './browser-world.ts'
import { type ClerkLike, clerkSource } from './clerk-source.ts'
import { logSession } from './console.ts'
import { createFetchWithAuth } from './fetch-with-auth.ts'
import { TokenKeeper } from './token-keeper.ts'

/** Where a page keeps its one session, so that a hot reload replaces it instead of adding a second timer. */
const RUNNING = Symbol.for('moneta.session')
const page = globalThis as { [RUNNING]?: () => void }

/** Starts the session of this page: keeper, console lines, and a fetch for what is not tRPC. Call it once. */
export function startBrowserSession(clerk: ClerkLike) {
  page[RUNNING]?.()
  removeLegacyTokens()
  const keeper = new TokenKeeper({
    source: clerkSource(clerk),
    clock: systemClock,
    world: browserWorld,
    random: Math.random,
  })
  const stopLog = logSession(keeper)
  const stopKeeper = keeper.start()
  page[RUNNING] = () => {
    stopKeeper()
    stopLog()
  }
  return { keeper, fetchWithAuth: createFetchWithAuth({ keeper, clock: systemClock, fetch: globalThis.fetch }) }
}

import { systemClock } from '#shared/clock.ts'
import type { World, WorldSignal } from './world.ts'

const LAST_REFRESH = 'moneta.lastRefresh'

/** The page, the network and the other tabs, as this browser tells of them. */
export const browserWorld: World = {
  visible: () => document.visibilityState === 'visible',
  online: () => navigator.onLine,
  subscribe(listener) {
    const stop = new AbortController()
    const on = (target: EventTarget, type: string, signal: () => WorldSignal) =>
      target.addEventListener(type, () => listener(signal()), { signal: stop.signal })
    const visibility = () => (document.visibilityState === 'visible' ? 'visible' : 'hidden')
    on(document, 'visibilitychange', visibility)
    // A page restored from the back/forward cache slept without a visibilitychange.
    on(window, 'pageshow', visibility)
    on(window, 'focus', () => 'focus')
    on(window, 'online', () => 'online')
    on(window, 'offline', () => 'offline')
    return () => stop.abort()
  },
  lastRefresh: {
    read() {
      const at = Number(storage()?.getItem(LAST_REFRESH))
      return at > 0 ? at : null
    },
    write(at) {
      try {
        storage()?.setItem(LAST_REFRESH, String(at))
      } catch {
        // A full or forbidden storage costs a refresh too many, at worst.
      }
    },
  },
  background: systemClock.after,
}

/** Tokens that old versions kept where any script can read them. */
export function removeLegacyTokens(): void {
  storage()?.removeItem('authToken')
  storage()?.removeItem('moneta_session_token')
}

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

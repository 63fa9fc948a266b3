import { useSyncExternalStore } from 'react'
import type { SessionState } from './session-state.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** The session as it is now; renders again when it changes. */
export function useSession(keeper: TokenKeeper): SessionState {
  return useSyncExternalStore(keeper.subscribe, keeper.state)
}

import type { TokenKeeper } from './token-keeper.ts'

interface Lines {
  log(line: string): void
}

/** Tells whoever debugs what the session does. Never a token, nor any part of one. Returns how to stop. */
export function logSession(keeper: TokenKeeper, lines: Lines = console): () => void {
  let started = false
  return keeper.watch((event) => {
    switch (event.type) {
      case 'started':
        started = true
        return lines.log(`[Token Refresh] ${autoRefresh(event.everyMs)}`)
      case 'refreshing':
        return started ? lines.log('[Token Refresh] Refreshing JWT token...') : undefined
      case 'refreshed':
        return lines.log('[Token Refresh] ✅ Token refreshed successfully')
      case 'refresh-failed':
        return lines.log('[Token Refresh] ❌ Failed to get new token')
      case 'rejected':
        return lines.log(
          event.final
            ? '[Fetch] Still getting 401 after token refresh - session expired'
            : '[Fetch] Got 401, refreshing token and retrying...',
        )
      case 'ended':
        started = false
    }
  })
}

/** The chat's own line, once for each keeper: when the chat first mounts, or as soon as there is a token after that. */
export function logChatMounted(keeper: TokenKeeper, lines: Lines = console): void {
  if (mounted.has(keeper)) return
  mounted.add(keeper)
  const tell = (everyMs: number) => lines.log(`[Chat Token Refresh] ${autoRefresh(everyMs)}`)
  const { refreshEveryMs } = keeper.state()
  if (refreshEveryMs !== null) {
    tell(refreshEveryMs)
    return
  }
  const stop = keeper.watch((event) => {
    if (event.type !== 'started') return
    stop()
    tell(event.everyMs)
  })
}

const mounted = new WeakSet<TokenKeeper>()

function autoRefresh(everyMs: number): string {
  return `Auto-refresh enabled (every ${Math.round(everyMs / 1000)}s)`
}

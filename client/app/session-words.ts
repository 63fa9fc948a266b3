import type { SessionView } from './session-view.ts'

export type Tone = 'alive' | 'waiting' | 'warning' | 'gone'

/** How the session stands, in words and in a tone that gives them their colour. `now` is in milliseconds. */
export function sessionWords(
  { connection, refreshedAt, expiresAt }: Pick<SessionView, 'connection' | 'refreshedAt' | 'expiresAt'>,
  now: number,
): { tone: Tone; words: string; detail: string } {
  switch (connection) {
    case 'live':
      return { tone: 'alive', words: 'Live', detail: refreshedAt === null ? '' : `refreshed ${ago(now - refreshedAt)}` }
    case 'refreshing':
      return { tone: 'alive', words: 'Refreshing', detail: '' }
    case 'reconnecting':
      return { tone: 'waiting', words: 'Reconnecting', detail: 'What you type is safe.' }
    case 'offline':
      return { tone: 'waiting', words: 'Offline', detail: 'What you type is safe.' }
    case 'expiring':
      return { tone: 'warning', words: 'Session ends soon', detail: expiresAt === null ? '' : inWords(expiresAt - now) }
    case 'ended':
      return { tone: 'gone', words: 'Signed out', detail: 'What you typed is safe.' }
  }
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 90) return `${seconds} s ago`
  return `${Math.round(seconds / 60)} min ago`
}

/** "in 4 min", "in 40 s". */
export function inWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  return seconds >= 60 ? `in ${Math.ceil(seconds / 60)} min` : `in ${seconds} s`
}

import { cx } from '#client/ui/cx.ts'
import { useSessionView } from './session-view.ts'
import { sessionWords, type Tone } from './session-words.ts'
import { useNow } from './use-now.ts'

const tones: Record<Tone, string> = {
  alive: 'fill-verdigris text-verdigris',
  waiting: 'fill-transparent text-bronze',
  warning: 'fill-bronze text-bronze',
  gone: 'fill-transparent text-harm',
}

/** The session light: how things stand, in words as well as in colour; `brief` where there is little room. */
export function SessionIndicator({ brief = false }: { brief?: boolean }) {
  const session = useSessionView()
  const now = useNow(1_000)
  const { tone, words, detail } = sessionWords(session, now)
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs" data-session={session.connection}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className={cx('shrink-0', tones[tone])}>
        <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" />
        <circle
          cx="6"
          cy="6"
          r="2.5"
          stroke="currentColor"
          className={session.connection === 'refreshing' ? 'waits' : undefined}
        />
      </svg>
      <span role="status" className="shrink-0 font-medium">
        {words}
      </span>
      {session.connection === 'ended' ? (
        <button
          type="button"
          onClick={session.signInAgain}
          className="touch text-verdigris underline underline-offset-2"
        >
          Sign in
        </button>
      ) : (
        !brief && <span className="truncate text-ink-soft tabular-nums">{detail}</span>
      )}
    </span>
  )
}

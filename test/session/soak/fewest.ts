import { GUARD_MS } from '#client/auth/current-token.ts'

/** A 60-second token is renewed every 50 s. */
const LIFETIME_MS = 60_000
const PERIOD_MS = 50_000

/** What is true from `at` on. */
export interface Circumstances {
  at: number
  /** Whose session it is; null for nobody's. */
  session: string | null
  /** Somebody looks at an awake tab that is not offline: the timer rule holds. */
  watched: boolean
  /** A mint would be answered. */
  reachable: boolean
}

/** What needs a token at one moment: an operation; or the server took the present token for bad. */
export interface Moment {
  at: number
  type: 'operation' | 'spoilt'
}

/**
 * The fewest mints with which the timer rule can be kept: each as late as it may be. A client that knew the future
 * mints when a session is first watched or used; then, while watched, whenever the period of the last token is over, to
 * the millisecond, with no jitter and a provider that takes no time; while not watched, when an operation finds the
 * token spent; and once for the first operation after the server took a token for bad. What falls due while the
 * provider cannot be reached is made up for by one mint as soon as it can.
 */
export function fewestMints(timeline: Circumstances[], moments: Moment[], end: number): number {
  let mints = 0
  let session: string | null = null
  let minted = Number.NEGATIVE_INFINITY
  let bad = false
  let needed = false
  let next = 0
  for (const [n, now] of timeline.entries()) {
    const until = timeline[n + 1]?.at ?? end
    if (now.session !== session) {
      session = now.session
      minted = Number.NEGATIVE_INFINITY
      bad = false
      needed = false
    }
    let reached = now.at
    const mint = (at: number) => {
      mints += 1
      minted = at
      bad = false
      needed = false
    }
    /** Does what is due between the moment reached so far and `at`. */
    const goOnTo = (at: number) => {
      if (session !== null && now.reachable) {
        if (needed) mint(reached)
        while (now.watched && Math.max(reached, minted + PERIOD_MS) < at) {
          mint(Math.max(reached, minted + PERIOD_MS))
        }
      }
      reached = at
    }
    for (let moment = moments[next]; moment && moment.at < until; moment = moments[++next]) {
      goOnTo(moment.at)
      if (session === null) continue
      if (moment.type === 'spoilt') bad = true
      else if (bad || moment.at >= minted + LIFETIME_MS - GUARD_MS) needed = true
      goOnTo(moment.at)
    }
    goOnTo(until)
  }
  return mints
}

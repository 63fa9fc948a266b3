/** Time as the code sees it; tests hand in one that they step. */
export interface Clock {
  /** Milliseconds since the epoch, as the machine believes: it may jump. */
  now(): number
  /** Milliseconds since some fixed moment: never jumps. */
  monotonic(): number
  /** Calls `run` once, `ms` milliseconds from now. Returns what cancels it. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

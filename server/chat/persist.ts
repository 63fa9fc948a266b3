import type { Clock } from '#shared/clock.ts'

/** How often a growing text is saved, and how often a lease is renewed while the text rests, in milliseconds. */
const SAVE_MS = 250
const RENEW_MS = 2_000

interface Work {
  clock: Clock
  text(): string
  /** Saves the text, or only renews the lease when there is nothing new. */
  keep(text: string | null): Promise<'held' | 'stop' | 'lost'>
  onEnd(why: 'stop' | 'lost'): void
  onError(error: unknown): void
}

/** Saves a text while it grows. `touch` says that it grew; `stop` resolves once no write is under way. */
export function persist({ clock, text, keep, onEnd, onError }: Work) {
  let saved = text().length
  let writing: Promise<void> | null = null
  let soon = false
  let stopped = false
  let cancel = () => {}

  function plan(ms: number) {
    cancel()
    cancel = clock.after(ms, () => {
      writing = write().finally(() => {
        writing = null
        if (!stopped) plan(text().length > saved ? SAVE_MS : RENEW_MS)
      })
    })
  }

  async function write() {
    soon = false
    const now = text()
    try {
      const state = await keep(now.length > saved ? now : null)
      saved = now.length
      if (state !== 'held') onEnd(state)
    } catch (error) {
      onError(error)
    }
  }

  plan(RENEW_MS)
  return {
    touch() {
      if (writing || soon || stopped) return
      soon = true
      plan(SAVE_MS)
    },
    async stop() {
      stopped = true
      cancel()
      await writing
    },
  }
}

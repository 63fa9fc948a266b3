import type { Clock } from '#shared/clock.ts'

/** The waits between attempts, in milliseconds; the last one from then on. */
const WAITS_MS = [100, 500, 2_000, 5_000]

interface Options {
  clock: Clock
  /** Also ends the attempts. */
  signal?: AbortSignal
  attempts?: number
  onError(error: unknown): void
}

/** Does something that needs the database until it works: a database that is away comes back. */
export async function again<Result>(
  work: () => Promise<Result>,
  { clock, signal, attempts = Number.POSITIVE_INFINITY, onError }: Options,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= attempts || signal?.aborted) throw error
      onError(error)
      const wait = WAITS_MS[Math.min(attempt, WAITS_MS.length) - 1] ?? 0
      await new Promise<void>((resolve) => clock.after(wait, resolve))
    }
  }
}

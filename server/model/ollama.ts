import { z } from 'zod'
import type { Clock } from '#shared/clock.ts'

/** Where Ollama listens unless it is told otherwise. This machine alone is ever asked. */
export const OLLAMA = 'http://127.0.0.1:11434'

/** A program on this machine answers at once or not at all, in milliseconds. */
const TIMEOUT_MS = 400
/** How long an answer holds, in milliseconds. */
const FRESH_MS = 15_000

const tags = z.object({ models: z.array(z.object({ name: z.string().min(1).max(200) })).max(500) })

/** Asks which models an Ollama on this machine has; none when there is none. */
export function findOllamaModels(url: string, clock: Clock): () => Promise<string[]> {
  let known: Promise<string[]> = Promise.resolve([])
  let askedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (clock.monotonic() - askedAt < FRESH_MS) return known
    askedAt = clock.monotonic()
    known = ask(url).catch(() => [])
    return known
  }
}

async function ask(url: string): Promise<string[]> {
  const response = await fetch(`${url}/api/tags`, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
  return tags.parse(await response.json()).models.map(({ name }) => name)
}

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, embedMany } from 'ai'
import type { Config } from '#server/config.ts'
import type { Clock } from '#shared/clock.ts'

/** What turns texts into vectors that are the nearer, the nearer the texts are in meaning. */
export interface Embedder {
  /** Vectors of one model say nothing of another's. */
  readonly model: string
  /**
   * One vector for each text, of length 1. Null while the endpoint is not asked, because it failed just before.
   *
   * @throws {TextRefused} when the endpoint works, but not with one of these texts.
   */
  embed(texts: string[], timeoutMs: number): Promise<Float32Array[] | null>
}

export class TextRefused extends Error {}

const REFUSALS = [400, 413, 422]

/** How long the endpoint is left alone after a failure, in milliseconds: doubled with each one. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 5 * 60_000
/** A model reads no more of a text than so many characters; some refuse what is longer. */
const LONGEST_TEXT = 4_000

/** Any server that speaks OpenAI's embeddings. While it is down, nobody waits for it. */
export function createEmbedder({ baseUrl, model, apiKey }: NonNullable<Config['embedding']>, clock: Clock): Embedder {
  const backend = createOpenAICompatible({ name: 'embedding', baseURL: baseUrl, apiKey: apiKey ?? undefined })
  let pauseMs = FIRST_PAUSE_MS
  let askedAgainAt = Number.NEGATIVE_INFINITY

  async function ask(texts: string[], timeoutMs: number): Promise<Float32Array[]> {
    const silence = new AbortController()
    const unwatch = clock.after(timeoutMs, () => silence.abort(new Error('The embeddings endpoint does not answer')))
    try {
      const { embeddings } = await embedMany({
        model: backend.embeddingModel(model),
        values: texts.map((text) => text.slice(0, LONGEST_TEXT).toWellFormed()),
        maxRetries: 0,
        abortSignal: silence.signal,
      })
      if (embeddings.length !== texts.length) throw new Error('The embeddings endpoint left texts out')
      return embeddings.map(unit)
    } finally {
      unwatch()
    }
  }

  return {
    model,
    async embed(texts, timeoutMs) {
      if (texts.length === 0) return []
      if (clock.monotonic() < askedAgainAt) return null
      try {
        const vectors = await ask(texts, timeoutMs)
        pauseMs = FIRST_PAUSE_MS
        return vectors
      } catch (error) {
        if (APICallError.isInstance(error) && REFUSALS.includes(error.statusCode ?? 0))
          throw new TextRefused('A text was refused', { cause: error })
        askedAgainAt = clock.monotonic() + pauseMs
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)
        throw error
      }
    },
  }
}

function unit(vector: number[]): Float32Array {
  const length = Math.hypot(...vector)
  if (!Number.isFinite(length) || length === 0) throw new Error('The embeddings endpoint gave no vector')
  return Float32Array.from(vector, (value) => value / length)
}

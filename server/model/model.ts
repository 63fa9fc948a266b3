import type { z } from 'zod'
import type { Config } from '#server/config.ts'
import type { Hit } from '#shared/memory.ts'

export interface Turn {
  role: 'system' | 'user' | 'assistant'
  text: string
}

export interface Prompt {
  /** What the model reads, oldest first; the last one is the person's. */
  turns: Turn[]
  /** The part of the answer that is already written, when it is to be continued. */
  partial: string
  /** What was recalled for this answer, best first. `turns` tells of it too, in the system prompt. */
  recalled: Hit[]
  /** False when nothing said here is kept. */
  remembers: boolean
  timeZone: string
  locale: string
}

/** One model of those that the environment names. */
export interface ModelSettings extends Omit<NonNullable<Config['model']>, 'names'> {
  name: string
}

/** A form to be filled in, rather than a reply to be written. */
export interface Form {
  instructions: string
  /** What it is to be filled in from. */
  text: string
  schema: z.ZodType
}

/** What writes the replies. */
export interface LanguageModel {
  /** Kept with each reply; null when no language model wrote it. */
  readonly name: string | null
  /** What of that which was recalled, best first, it answers `said` with. Missing where it reads all of it. */
  quotes?(recalled: readonly Hit[], said: string): Hit[]
  /**
   * The answer, piece by piece. Ends early, without an error, once `signal` is aborted.
   *
   * @throws {ModelFailure} saying in one sentence what went wrong.
   */
  reply(prompt: Prompt, signal: AbortSignal): AsyncIterable<string>
  /**
   * A form as the model filled it in: JSON if it did as it was told, which its reader has to see. Missing where no
   * language model is.
   *
   * @throws {ModelFailure} saying in one sentence what went wrong.
   */
  fillIn?(form: Form, signal: AbortSignal): Promise<string>
}

/** One that an API offers: it can fill in forms too. */
export type ConnectedModel = LanguageModel & Required<Pick<LanguageModel, 'fillIn'>>

/** Why there is no answer, or only a part of one, in words for the reader. */
export class ModelFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ModelFailure'
  }
}

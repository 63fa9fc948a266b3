import type { Ground } from '#server/ground.ts'
import type { LanguageModel } from '#server/model/model.ts'
import type { Models } from '#server/model/models.ts'
import type { Lease } from './lease.ts'

/** A reply to write, whose lease is already held. */
export interface Job extends Lease {
  threadId: string
  model: LanguageModel
  run: number
  /** What is written of it already. */
  partial: string
  timeZone: string
  locale: string
}

/** What is needed of the process to write one. */
export interface World extends Ground {
  models: Models
  /** How much a model is given at once. */
  contextTokens: number
}

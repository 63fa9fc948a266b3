import type { Config } from '#server/config.ts'
import type { Clock } from '#shared/clock.ts'
import { createAiSdkModel } from './ai-sdk.ts'
import type { LanguageModel } from './model.ts'
import { recallOnly } from './recall-only.ts'

/** The model that the configuration names; without one, answers are quotations from memory. */
export function connectModel(settings: Config['model'], clock: Clock): LanguageModel {
  return settings ? createAiSdkModel(settings, clock) : recallOnly
}

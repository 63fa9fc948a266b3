import type { Config } from '#server/config.ts'
import type { ModelOption } from '#shared/chat.ts'
import type { Clock } from '#shared/clock.ts'
import type { ConnectedModel, LanguageModel, ModelSettings } from './model.ts'
import { findOllamaModels, OLLAMA } from './ollama.ts'
import { recallOnly } from './recall-only.ts'

/** Marks the id of a model that was found on this machine rather than configured. */
const FOUND = 'ollama:'

/** The models that can write replies. */
export interface Models {
  /** The model of that id; for null, or an id that is no longer configured, the default one. */
  named(id: string | null): LanguageModel
  /** What a person may choose from, the default first. Empty without any language model. */
  options(): Promise<ModelOption[]>
}

/** The configured models, and those of an Ollama on this machine. Without any, answers are quotations from memory. */
export function createModels(settings: Config['model'], clock: Clock, ollama = OLLAMA): Models {
  const configured = new Map(
    settings?.names.map((name) => [name, aiSdkModel({ ...settings, name }, clock)] as const) ?? [],
  )
  const [first = recallOnly] = configured.values()
  const find = findOllamaModels(ollama, clock)

  return {
    named(id) {
      if (!id?.startsWith(FOUND)) return configured.get(id ?? '') ?? first
      const name = id.slice(FOUND.length)
      return aiSdkModel({ provider: 'openai-compatible', name, baseUrl: `${ollama}/v1`, apiKey: null }, clock)
    },
    async options() {
      const found = await find()
      return [
        ...[...configured.keys()].map((name) => ({ id: name, name, source: 'configured' as const })),
        ...found.map((name) => ({ id: FOUND + name, name, source: 'ollama' as const })),
      ]
    },
  }
}

/** The AI SDK, a quarter of the server's code, is loaded for the first reply and not for a start. */
function aiSdkModel(settings: ModelSettings, clock: Clock): ConnectedModel {
  let loaded: Promise<ConnectedModel> | undefined
  const load = () => {
    loaded ??= import('./ai-sdk.ts').then(({ createAiSdkModel }) => createAiSdkModel(settings, clock))
    return loaded
  }
  return {
    name: settings.name,
    async *reply(prompt, signal) {
      yield* (await load()).reply(prompt, signal)
    },
    async fillIn(form, signal) {
      return (await load()).fillIn(form, signal)
    },
  }
}

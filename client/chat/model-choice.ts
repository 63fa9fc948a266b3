import type { TextStore } from '#client/ui/text-store.ts'

/** The model that a person's next new chat begins with, as `chat.models` names it; null is the default one. */
export interface ModelChoice {
  read(): string | null
  write(model: string | null): void
}

export function createModelChoice(store: TextStore, userId: string): ModelChoice {
  const name = `moneta:${userId}:model`
  return {
    read: () => store.read(name),
    write(model) {
      if (model === null) store.remove(name)
      else store.write(name, model)
    },
  }
}

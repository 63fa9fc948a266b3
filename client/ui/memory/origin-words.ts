import type { MemoryOrigin } from '#shared/memory.ts'

const words: Record<MemoryOrigin, string> = {
  person: 'you told me',
  chat: 'noticed in a chat',
  model: 'found by the model',
  import: 'imported',
}

/** How a memory came to be, in words. */
export function originWords(origin: string): string {
  return words[origin as MemoryOrigin] ?? origin
}

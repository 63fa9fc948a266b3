import type { TextStore } from '#client/ui/text-store.ts'

export interface Drafts {
  read(threadId: string): string
  /** False when the browser keeps nothing more: the text is then known to this page alone. */
  write(threadId: string, text: string): boolean
}

/** What a person is still writing, one text a thread, kept from the first key and seen by its writer alone. */
export function createDrafts(store: TextStore, userId: string): Drafts {
  const name = (threadId: string) => `moneta:${userId}:draft:${threadId}`
  return {
    read: (threadId) => store.read(name(threadId)) ?? '',
    write(threadId, text) {
      if (text !== '') return store.write(name(threadId), text)
      store.remove(name(threadId))
      return true
    },
  }
}

/** Named texts that outlive the page. */
export interface TextStore {
  read(name: string): string | null
  /** False when the browser keeps nothing more: the text is then known to this page alone. */
  write(name: string, text: string): boolean
  remove(name: string): void
  names(prefix: string): string[]
  /** Calls `changed` when another tab writes or removes a text. Returns what stops it. */
  watch(changed: (name: string) => void): () => void
}

/** Texts of this page alone. */
export function pageStore(): TextStore {
  const texts = new Map<string, string>()
  return {
    read: (name) => texts.get(name) ?? null,
    write(name, text) {
      texts.set(name, text)
      return true
    },
    remove: (name) => void texts.delete(name),
    names: (prefix) => [...texts.keys()].filter((name) => name.startsWith(prefix)),
    watch: () => () => undefined,
  }
}

/** The browser's own storage, over a copy in the page: a full or a forbidden storage loses nothing before a reload. */
export function browserStore(storage: Storage = localStorage): TextStore {
  const page = pageStore()
  const attempt = <T>(run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch {
      return otherwise
    }
  }
  return {
    read: (name) => page.read(name) ?? attempt(() => storage.getItem(name), null),
    write(name, text) {
      const kept = attempt(() => {
        storage.setItem(name, text)
        return true
      }, false)
      if (kept) page.remove(name)
      else page.write(name, text)
      return kept
    },
    remove(name) {
      page.remove(name)
      attempt(() => storage.removeItem(name), undefined)
    },
    names: (prefix) => [
      ...new Set([
        ...page.names(prefix),
        ...attempt(() => Object.keys(storage), []).filter((name) => name.startsWith(prefix)),
      ]),
    ],
    watch(changed) {
      const listener = (event: StorageEvent) => {
        if (event.key !== null) changed(event.key)
      }
      addEventListener('storage', listener)
      return () => removeEventListener('storage', listener)
    },
  }
}

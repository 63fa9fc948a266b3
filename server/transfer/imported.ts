/** A conversation as a program exported it, reduced to what Moneta keeps. */
export interface ImportedThread {
  /** Names it within its program, so that importing it twice imports it once. */
  key: string
  title: string
  createdAt: Date
  /** In the order they were said. */
  messages: ImportedMessage[]
}

export interface ImportedMessage {
  key: string
  author: 'user' | 'assistant'
  /** The speaker's name, where it is known. */
  authorName: string | null
  text: string
  createdAt: Date
}

export interface ImportedMemory {
  text: string
  kind?: string
  tags: string[]
  createdAt: Date | null
  expiresAt: Date | null
}

/** What one object of a file holds, or why it is passed over. */
export type Imported = { thread: ImportedThread } | { memories: ImportedMemory[] } | { skipped: string }

/** A conversation as another program exported it, reduced to what Moneta keeps. */
export interface ImportedThread {
  /** Names it within the file's program, so that importing it twice imports it once. */
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

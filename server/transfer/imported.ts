/** A conversation as a program exported it, reduced to what Moneta keeps. */
export interface ImportedThread {
  /** Names it within its program, so that importing it twice imports it once. */
  key: string
  /** It comes from a Moneta: its keys are ids, and may be those of what is here. */
  own?: boolean
  title: string
  createdAt: Date
  /** Each after the one it answers. */
  messages: ImportedMessage[]
  traits?: { pinned: boolean; archived: boolean; remember: boolean; tags: string[]; model: string | null }
}

export interface ImportedMessage {
  key: string
  /** What it answers: null for a beginning; left out, the message before it. */
  parentKey?: string | null
  author: 'user' | 'assistant'
  /** The speaker's name, where it is known. */
  authorName: string | null
  text: string
  createdAt: Date
  status?: 'complete' | 'interrupted' | 'failed'
  failure?: string | null
  model?: string | null
  forgottenAt?: Date | null
  /** What a reply used, by rank. */
  used?: { kind: 'memory' | 'message'; key: string; score: number }[]
}

/** A statement another program kept. */
export interface ImportedMemory {
  text: string
  kind?: string
  tags: string[]
  createdAt: Date | null
  expiresAt: Date | null
}

/** A memory of a Moneta with all that is known of it. */
export interface AdoptedMemory extends Omit<ImportedMemory, 'createdAt'> {
  key: string
  status: 'kept' | 'suggested' | 'superseded'
  origin: 'person' | 'chat' | 'model' | 'import'
  version: number
  supersededByKey: string | null
  validFrom: Date
  validTo: Date | null
  encodings: number
  recalls: number
  lastRecalledAt: Date | null
  lastEncodedAt: Date
  createdAt: Date
  updatedAt: Date
  sourceMessageKey: string | null
  sourceKeys: string[]
  versions: { version: number; text: string; fingerprint?: string; createdAt: Date }[]
}

/** That something was forgotten or declined, without what it was. */
export interface Tombstone {
  key: string
  fingerprint: string
  status: 'forgotten' | 'declined'
  forgottenAt: Date
  sourceKeys: string[]
}

/** What is passed over: how many, by reason. */
export type Skipped = Record<string, number>

/** What one object of a file holds. */
export interface Imported {
  thread?: ImportedThread
  memories?: ImportedMemory[]
  adopted?: AdoptedMemory
  tombstone?: Tombstone
  skipped?: Skipped
}

/** What an import came to. */
export interface ImportSummary {
  /** New ones, and those that got new messages. */
  conversations: number
  messages: number
  memories: number
  /** What was here already. */
  known: { conversations: number; memories: number }
  /** What was passed over: how many, by reason. */
  skipped: Record<string, number>
}

export type ImportStatus = 'receiving' | 'reading' | 'done' | 'failed' | 'cancelled' | 'interrupted'

/** The last file a person brought. */
export interface ImportState {
  status: ImportStatus
  /** Bytes: of the file while it is received, of what is inside while it is read. */
  done: number
  /** Null when the sender did not say. */
  total: number | null
  summary: ImportSummary
  /** Why it failed, and what to do. */
  problem: string | null
  /** ISO-8601 UTC. */
  startedAt: string
}

export function isUnderWay({ status }: Pick<ImportState, 'status'>): boolean {
  return status === 'receiving' || status === 'reading'
}

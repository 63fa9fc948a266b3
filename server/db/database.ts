import type { PrismaClient } from './generated/client.ts'

/** The one database, in either of its homes. Both speak the same SQL. */
export interface Database {
  readonly home: 'pglite' | 'postgres'
  readonly prisma: PrismaClient
  /** Calls `onPayload` for each NOTIFY on `channel`. Returns what stops it. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

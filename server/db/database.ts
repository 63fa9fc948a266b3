import type { PrismaClient } from './generated/client.ts'
import type { Reader } from './reader.ts'

/** The one database, in either of its homes. Both speak the same SQL. */
export interface Database {
  readonly home: 'pglite' | 'postgres'
  readonly prisma: PrismaClient
  /** For what is read often and in quantity, outside of transactions. */
  readonly reader: Reader
  /**
   * Calls `onPayload` for each NOTIFY on `channel`, from when the promise resolves. Returns what stops it.
   *
   * @param onGap called when the connection was lost and is back: notifications may have been missed, so read again.
   */
  listen(channel: string, onPayload: (payload: string) => void, onGap?: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

import type { Pool } from 'pg'
import type { Database } from './database.ts'

/** Where the database lives, before anything is known of its tables. */
export interface Home extends Pick<Database, 'home' | 'listen' | 'close'> {
  readonly pool: Pool
}

/** The database cannot be used. The message is one sentence for the operator that says what to do. */
export class DatabaseOpenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseOpenError'
  }
}

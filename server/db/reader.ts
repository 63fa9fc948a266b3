import type { Pool } from 'pg'
import { Prisma } from './generated/client.ts'
import type { StatementNames } from './statement-names.ts'

/** What reads rows by SQL: Prisma's client, a transaction of it, or `createReader`'s. */
export type Reader = Pick<Prisma.TransactionClient, '$queryRaw'>

/**
 * Reads by the driver itself, in the same words, outside of transactions. Prisma takes as long over large results as the
 * database, and keeps them alive until V8's next full collection, so that each small one has to copy them. Values are as
 * the driver gives them: for numbers, texts, booleans, times and their arrays the same.
 *
 * @throws the driver's errors, which `isUnreachable` knows.
 */
export function createReader(pool: Pool, nameOf: StatementNames): Reader {
  async function read(query: TemplateStringsArray | Prisma.Sql, ...given: unknown[]): Promise<unknown[]> {
    const { text, values } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...given)
    const { rows } = await pool.query({ name: nameOf({ sql: text }), text, values })
    return rows
  }

  return { $queryRaw: read as Reader['$queryRaw'] }
}

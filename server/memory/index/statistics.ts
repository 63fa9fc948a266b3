import { type Prisma, Prisma as Sql } from '#server/db/generated/client.ts'

export type Reader = Pick<Prisma.TransactionClient, '$queryRaw'>

/** What a search must know of all of a user's texts. */
export interface Statistics {
  nextMemory: number
  nextMessage: number
  texts: number
  /** Terms in all. */
  terms: number
  languages: string[]
  speakers: string[]
}

export const statisticsColumns = Sql.sql`
  next_memory as "nextMemory", next_message as "nextMessage", texts, terms::float8 as terms, languages, speakers`

/** Null for a user who has written nothing yet. */
export async function readStatistics(db: Reader, userId: string): Promise<Statistics | null> {
  const [row] = await db.$queryRaw<Statistics[]>`
    select ${statisticsColumns} from text_index where user_id = ${userId}::uuid`
  return row ?? null
}

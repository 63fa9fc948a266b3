import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'

/** What a search must know of all of a user's texts. */
export interface Statistics {
  texts: number
  /** Terms in all. */
  terms: number
  languages: string[]
  speakers: string[]
}

export const statisticsColumns = Prisma.sql`texts, terms::float8 as terms, languages, speakers`

/** Null for a user who has written nothing yet. */
export async function readStatistics(db: Reader, userId: string): Promise<Statistics | null> {
  const [row] = await db.$queryRaw<Statistics[]>`
    select ${statisticsColumns} from text_index where user_id = ${userId}::uuid`
  return row ?? null
}

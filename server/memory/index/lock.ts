import type { Prisma } from '#server/db/generated/client.ts'
import { TOKENIZER_VERSION } from '#server/memory/text/terms.ts'

export type Tx = Prisma.TransactionClient

/** What is known of all of a user's texts, read under the lock. */
export interface Locked {
  nextMemory: number
  nextMessage: number
  languages: string[]
  speakers: string[]
  timeZone: string
}

/**
 * Makes this transaction the only writer of a user's memories and index until it ends. Every writer takes this lock
 * first, before a thread's as well, so that two of them neither deadlock nor both decide that a fact is new.
 */
export async function lockIndex(tx: Tx, userId: string): Promise<Locked> {
  const [row] = await tx.$queryRaw<(Locked & { locale: string })[]>`
    insert into text_index (user_id, tokenizer_version) values (${userId}::uuid, ${TOKENIZER_VERSION})
    on conflict (user_id) do update set user_id = excluded.user_id
    returning next_memory as "nextMemory", next_message as "nextMessage", languages, speakers,
      (select time_zone from app_user where id = text_index.user_id) as "timeZone",
      (select locale from app_user where id = text_index.user_id) as locale`
  if (!row) throw new Error('The index row was neither inserted nor updated')
  const { locale, ...locked } = row
  return { ...locked, languages: locked.languages.length > 0 ? locked.languages : [locale.slice(0, 2)] }
}

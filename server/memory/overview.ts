import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import type { ActivityDay, MemoryOverview, userInput } from '#shared/memory.ts'
import type { Caller } from './caller.ts'
import { embeddingProgress } from './embed.ts'
import { isAlive, readMemories } from './read.ts'

const SHOWN = 5

/** What the dashboard opens with. Days are days in the user's own time zone. */
export async function memoryOverview(
  { deps, userId, user }: Caller,
  { days }: z.output<typeof userInput>,
): Promise<MemoryOverview> {
  const db = deps.db.prisma
  const now = new Date(deps.clock.now())
  const alive = isAlive(now)
  const timeZone = databaseZone(user.timeZone)
  const [counts, embedding, activity, recent, strongest] = await Promise.all([
    readCounts(db, userId, timeZone, now),
    deps.embedder ? embeddingProgress(db, userId, deps.embedder.model) : null,
    readActivity(db, userId, timeZone, now, days),
    readMemories(db, userId, { now, where: alive, limit: SHOWN }),
    readMemories(db, userId, { now, where: alive, limit: SHOWN, order: Prisma.sql`strength desc, memory.id` }),
  ])
  return { ...counts, embedding, activity, recent, strongest }
}

/** Browsers still tell names that the zone database dropped long ago ("US/Pacific-New"): the one they stand for now. */
function databaseZone(timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
}

type Counts = Pick<MemoryOverview, 'memories' | 'suggestions' | 'chats' | 'messages' | 'daysActive'>

async function readCounts(db: Reader, userId: string, timeZone: string, now: Date): Promise<Counts> {
  const [counts] = await db.$queryRaw<Counts[]>`
    with said as (
      select message.author, (message.created_at at time zone ${timeZone})::date as day
      from message join thread on thread.user_id = message.user_id and thread.id = message.thread_id
      where message.user_id = ${userId}::uuid and thread.deleted_at is null
    )
    select
      (select count(*)::int from memory where memory.user_id = ${userId}::uuid and ${isAlive(now)}) as memories,
      (select count(*)::int from memory where user_id = ${userId}::uuid and status = 'suggested') as suggestions,
      (select count(*)::int from thread where user_id = ${userId}::uuid and deleted_at is null) as chats,
      (select count(*)::int from said) as messages,
      (select count(*)::int from (
        select day from said where author = 'user'
        union select (created_at at time zone ${timeZone})::date from memory
        where user_id = ${userId}::uuid and origin = 'person' and status <> 'forgotten') as active) as "daysActive"`
  if (!counts) throw new Error('A row of counts was asked for')
  return counts
}

function readActivity(db: Reader, userId: string, timeZone: string, now: Date, days: number): Promise<ActivityDay[]> {
  return db.$queryRaw<ActivityDay[]>`
    with today as (select (${now}::timestamptz at time zone ${timeZone})::date as day),
    span as (
      select (today.day - ${days - 1}::int + step)::date as day from today, generate_series(0, ${days - 1}::int) as step
    ),
    since as (select (min(day)::timestamp at time zone ${timeZone}) as moment from span),
    said as (
      select (message.created_at at time zone ${timeZone})::date as day, count(*)::int as messages
      from message join thread on thread.user_id = message.user_id and thread.id = message.thread_id
      where message.user_id = ${userId}::uuid and message.author = 'user' and thread.deleted_at is null
        and message.created_at >= (select moment from since)
      group by 1
    ),
    kept as (
      select (memory.created_at at time zone ${timeZone})::date as day, count(*)::int as memories
      from memory where memory.user_id = ${userId}::uuid and ${isAlive(now)}
        and memory.created_at >= (select moment from since)
      group by 1
    )
    select to_char(span.day, 'YYYY-MM-DD') as day, coalesce(messages, 0) as messages, coalesce(memories, 0) as memories
    from span left join said using (day) left join kept using (day) order by span.day`
}

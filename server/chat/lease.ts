import { Prisma as Sql } from '#server/db/generated/client.ts'
import type { MessageStatus } from '#shared/chat.ts'
import type { Db } from './messages.ts'

/** How long a writer may be silent before it counts as dead, in seconds of the database's own clock. */
const LEASE_SECONDS = 8

/** The channel on which replies are announced: ids only, for a payload is limited to 8,000 bytes. */
export const CHANNEL = 'chat'

/** The right to write one reply. */
export interface Lease {
  userId: string
  replyId: string
  /** Made anew each time a writing is begun, so that no writer is mistaken for an earlier one. */
  owner: string
}

export interface Announcement {
  kind: 'text' | 'stop'
  userId: string
  replyId: string
}

export interface Outcome {
  status: Exclude<MessageStatus, 'streaming'>
  failure: string | null
}

export const leaseEnd = Sql.sql`now() + make_interval(secs => ${LEASE_SECONDS}::int)`

export function readAnnouncement(payload: string): Announcement | null {
  const [kind, userId, replyId] = payload.split(' ')
  return (kind === 'text' || kind === 'stop') && userId && replyId ? { kind, userId, replyId } : null
}

function announcing(kind: Announcement['kind']): Sql.Sql {
  return Sql.sql`pg_notify(${CHANNEL}, ${kind} || ' ' || user_id || ' ' || id)::text`
}

/**
 * Saves the text, if it grew, and stays alive for another while.
 *
 * @returns 'stop' when somebody asked for an end, 'lost' when the reply is no longer this writer's.
 */
export async function keepLease(db: Db, lease: Lease, text: string | null): Promise<'held' | 'stop' | 'lost'> {
  const growth = text === null ? Sql.empty : Sql.sql`text = ${text}, updated_at = now(),`
  const announced = text === null ? Sql.sql`''` : announcing('text')
  const rows = await db.$queryRaw<{ stop: boolean }[]>`
    with kept as (
      update message set ${growth} status = 'streaming', failure = null, lease_until = ${leaseEnd}
      where user_id = ${lease.userId}::uuid and id = ${lease.replyId}::uuid and lease_owner = ${lease.owner}::uuid
      returning user_id, id, stop_requested
    ) select stop_requested as stop, ${announced} as announced from kept`
  const [row] = rows
  if (!row) return 'lost'
  return row.stop ? 'stop' : 'held'
}

/** Writes the end of a reply and gives the lease up. False when the reply is no longer this writer's. */
export async function endLease(db: Db, lease: Lease, text: string, outcome: Outcome): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    with ended as (
      update message set text = ${text}, status = ${outcome.status}::message_status, failure = ${outcome.failure},
        lease_owner = null, lease_until = null, stop_requested = false, updated_at = now()
      where user_id = ${lease.userId}::uuid and id = ${lease.replyId}::uuid and lease_owner = ${lease.owner}::uuid
      returning user_id, id
    ) select ${announcing('text')} as announced from ended`
  return rows.length > 0
}

/**
 * Marks replies whose writer died as interrupted. The writer is remembered all the same: if it was only held up, it may
 * still bring the rest, unless somebody continued the reply meanwhile.
 *
 * @param own writers that live in this process, whatever their lease says.
 * @param alone true when no other process can be writing.
 */
export async function interruptDead(db: Db, own: string[], alone: boolean): Promise<number> {
  const dead = alone ? Sql.sql`true` : Sql.sql`(lease_until is null or lease_until < now())`
  const rows = await db.$queryRaw<unknown[]>`
    with dead as (
      update message set status = 'interrupted', updated_at = now(),
        failure = 'The server stopped while it was answering: continue from here, or retry.'
      where status = 'streaming' and ${dead} and (lease_owner is null or lease_owner <> all(${own}::uuid[]))
      returning user_id, id
    ) select ${announcing('text')} as announced from dead`
  return rows.length
}

/** Asks whichever process writes the reply to end it. False when nobody is writing it. */
export async function requestStop(db: Db, userId: string, replyId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    with asked as (
      update message set stop_requested = true
      where user_id = ${userId}::uuid and id = ${replyId}::uuid and status = 'streaming' returning user_id, id
    ) select ${announcing('stop')} as announced from asked`
  return rows.length > 0
}

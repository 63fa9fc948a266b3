import { Prisma } from '#server/db/generated/client.ts'
import { addToIndex } from '#server/memory/index/add.ts'
import { lockIndex, type Tx } from '#server/memory/index/lock.ts'
import { asIndexable, refreshMessages } from '#server/memory/indexable.ts'
import type { ImportedThread } from './imported.ts'
import { insertMessages, insertThreads, insertUses } from './insert-rows.ts'
import { adoptedId, derivedId, isId, type LocalIds, localIds } from './local-ids.ts'

/** Some of a conversation's messages: those from `from` up to `to`. */
export interface Slice {
  thread: ImportedThread
  from: number
  to: number
}

/** Stores a whole conversation: see saveSlices. */
export async function saveThread(tx: Tx, userId: string, thread: ImportedThread): Promise<number> {
  const [added = 0] = await saveSlices(tx, userId, [{ thread, from: 0, to: thread.messages.length }])
  return added
}

/**
 * Stores messages and makes them searchable; what is stored already stays as it is, and what the person deleted stays
 * deleted. Nothing is remembered from it: that is for what a person says here.
 *
 * @returns how many messages of each slice were new.
 */
export async function saveSlices(tx: Tx, userId: string, slices: readonly Slice[]): Promise<number[]> {
  await lockIndex(tx, userId)
  const ids = await idsOf(tx, userId, slices)
  const threads = new Map(slices.map(({ thread }) => [ids.thread(thread), thread]))
  await insertThreads(
    tx,
    userId,
    [...threads].map(([id, thread]) => threadRow(id, thread)),
  )
  const gone = await tx.$queryRaw<{ id: string }[]>`
    select id from thread
    where user_id = ${userId}::uuid and id = any(${[...threads.keys()]}::uuid[]) and deleted_at is not null`
  const deleted = new Set(gone.map(({ id }) => id))
  const rows = slices.map(({ thread, from, to }) =>
    deleted.has(ids.thread(thread)) ? [] : messageRows(thread, from, to, ids),
  )
  const known = await tx.$queryRaw<{ id: string }[]>`
    select id from message
    where user_id = ${userId}::uuid and id = any(${rows.flat().map(({ row }) => row.id)}::uuid[])`
  const seen = new Set(known.map(({ id }) => id))
  const added = rows.map((some) => some.filter(({ row: { id } }) => !seen.has(id) && seen.add(id)))
  await insertMessages(
    tx,
    userId,
    added.flat().map(({ row }) => row),
  )
  await saveUses(tx, userId, added.flat())
  await findSourcesAgain(tx, userId, added.flat())
  await index(tx, userId, added.flat())
  return added.map((some) => some.length)
}

interface Ids {
  thread(thread: ImportedThread): string
  message(thread: ImportedThread, key: string): string
}

async function idsOf(tx: Tx, userId: string, slices: readonly Slice[]): Promise<Ids> {
  const own = slices.filter(({ thread }) => thread.own).map(({ thread }) => thread.key)
  const local = await localIds(tx, userId, 'thread', own)
  return {
    thread: ({ own, key }) => (own ? local(key) : derivedId(userId, key)),
    message(thread, key) {
      if (!thread.own) return derivedId(userId, thread.key, key)
      // A conversation that is back where it was has its messages there too.
      return local(thread.key) === thread.key && isId(key) ? key : adoptedId(userId, key)
    },
  }
}

function threadRow(id: string, { title, createdAt, messages, traits }: ImportedThread) {
  const last = messages.reduce((latest, message) => Math.max(latest, message.createdAt.getTime()), createdAt.getTime())
  const titleSource = title ? ('person' as const) : ('none' as const)
  return { id, title, titleSource, createdAt, activeAt: new Date(last), ...traits }
}

function messageRows(thread: ImportedThread, from: number, to: number, ids: Ids) {
  const threadId = ids.thread(thread)
  return thread.messages.slice(from, to).map((message, at) => {
    const { key, parentKey = thread.messages[from + at - 1]?.key ?? null, used = [], ...said } = message
    const parentId = parentKey === null ? null : ids.message(thread, parentKey)
    return { key, row: { ...said, id: ids.message(thread, key), threadId, parentId }, used, own: thread.own }
  })
}

type Row = ReturnType<typeof messageRows>[number]

/** What replies used, so that an answer goes on showing it. */
async function saveUses(tx: Tx, userId: string, rows: readonly Row[]): Promise<void> {
  const used = rows.flatMap((row) => row.used)
  if (used.length === 0) return
  const keysOf = (kind: 'memory' | 'message') => used.filter((use) => use.kind === kind).map(({ key }) => key)
  const local: Record<'memory' | 'message', LocalIds> = {
    memory: await localIds(tx, userId, 'memory', keysOf('memory')),
    message: await localIds(tx, userId, 'message', keysOf('message')),
  }
  await insertUses(
    tx,
    userId,
    rows.flatMap(({ row, used }) =>
      used.map(({ kind, key, score }, rank) => ({ replyId: row.id, rank, kind, sourceId: local[kind](key), score })),
    ),
  )
}

/**
 * What was remembered or forgotten here of a message outlives it. When its conversation comes back, long deleted and so
 * under other ids, that is known of it again.
 */
async function findSourcesAgain(tx: Tx, userId: string, rows: readonly Row[]): Promise<void> {
  const moved = rows.filter(({ own, key, row }) => own && key !== row.id && isId(key))
  if (moved.length === 0) return
  await tx.$executeRaw`
    insert into memory_source (user_id, memory_id, message_id)
    select source.user_id, source.memory_id, moved.id
    from unnest(${moved.map(({ key }) => key)}::uuid[], ${moved.map(({ row }) => row.id)}::uuid[]) as moved (key, id)
    join memory_source as source on source.user_id = ${userId}::uuid and source.message_id = moved.key
    on conflict do nothing`
}

/** What comes from a Moneta may tell of something that was forgotten there. */
async function index(tx: Tx, userId: string, rows: readonly Row[]): Promise<void> {
  await addToIndex(
    tx,
    userId,
    rows.filter(({ own }) => !own).map(({ row }) => asIndexable(row)),
  )
  const own = rows.filter((row) => row.own).map(({ row }) => row.id)
  if (own.length > 0) await refreshMessages(tx, userId, Prisma.sql`message.id = any(${own}::uuid[])`)
}

import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import { fingerprint } from '#server/memory/fingerprint.ts'
import { addToIndex } from '#server/memory/index/add.ts'
import { CHUNK_TEXTS } from '#server/memory/index/entry.ts'
import { asIndexableMemory } from '#server/memory/indexable.ts'
import { RULES_VERSION } from '#server/memory/learn/entities.ts'
import type { ImportedThread } from '#server/transfer/imported.ts'
import { saveThread } from '#server/transfer/save-thread.ts'
import { sentence } from './texts.ts'

const THREAD = 40
const START = Date.parse('2024-01-01T00:00:00Z')

/** Messages in threads of 40, through the product's own import. */
export async function addMessages(db: Database, userId: string, count: number): Promise<void> {
  for (let done = 0; done < count; done += THREAD) {
    const thread: ImportedThread = {
      key: uuidv7(),
      title: '',
      createdAt: new Date(START + done * 60_000),
      messages: Array.from({ length: Math.min(THREAD, count - done) }, (_, at) => ({
        key: `${at}`,
        author: at % 2 === 0 ? 'user' : 'assistant',
        authorName: null,
        text: sentence(),
        createdAt: new Date(START + (done + at) * 60_000),
      })),
    }
    await db.prisma.$transaction((tx) => saveThread(tx, userId, thread))
  }
}

/** Memories as they are kept and indexed, but for their links: those are of no matter to a search. */
export async function addMemories(db: Database, userId: string, count: number): Promise<void> {
  for (let done = 0; done < count; done += THREAD) {
    const memories = Array.from({ length: Math.min(THREAD, count - done) }, () => {
      const text = sentence()
      const kept = { origin: 'import', readBy: RULES_VERSION } as const
      return { id: uuidv7(), userId, text, tags: [], fingerprint: fingerprint(text), ...kept }
    })
    await db.prisma.$transaction(async (tx) => {
      await tx.memory.createMany({ data: memories })
      const validFrom = new Date(START)
      await addToIndex(
        tx,
        userId,
        memories.map((memory) => asIndexableMemory({ ...memory, validFrom })),
      )
    })
  }
}

/** Brings a user's messages to a number at which a chunk of the index ends, so that they can be copied whole. */
export async function fillChunk(db: Database, userId: string): Promise<number> {
  const { nextMessage } = await db.prisma.textIndex.findUniqueOrThrow({ where: { userId } })
  const missing = (CHUNK_TEXTS - (nextMessage % CHUNK_TEXTS)) % CHUNK_TEXTS
  await addMessages(db, userId, missing)
  return nextMessage + missing
}

/** Gives a new user all of another's messages. */
export async function copyToOther(db: Database, userId: string): Promise<void> {
  const id = uuidv7()
  await db.prisma.user.create({ data: { id, issuer: 'bench', subject: id } })
  await copy(db, userId, { to: id, times: 0, messages: 0 })
}

/** Gives a user their own first `messages` messages once more, as others: `times` tells how many copies there are. */
export function copyToSelf(db: Database, userId: string, messages: number, times: number): Promise<void> {
  return copy(db, userId, { to: userId, times, messages })
}

interface Copy {
  to: string
  times: number
  messages: number
}

async function copy({ prisma }: Database, from: string, { to, times, messages }: Copy): Promise<void> {
  const shift = times * messages
  const highest = messages || 2 ** 31 - 1
  await prisma.$executeRaw`
    insert into thread (user_id, id, created_at, active_at)
    select ${to}::uuid, md5(id::text || ${times})::uuid, created_at, active_at from thread as held
    where user_id = ${from}::uuid and exists (
      select from indexed_text as text
      where text.user_id = held.user_id and text.thread_id = held.id and text.number < ${highest})`
  await prisma.$executeRaw`
    insert into message (user_id, id, thread_id, author, text, created_at, updated_at)
    select ${to}::uuid, md5(message.id::text || ${times})::uuid, md5(message.thread_id::text || ${times})::uuid,
      author, text, created_at, updated_at
    from message join indexed_text on indexed_text.user_id = message.user_id and source_id = message.id
    where message.user_id = ${from}::uuid and number < ${highest}`
  await prisma.$executeRaw`
    insert into indexed_text (user_id, kind, number, source_id, thread_id, speaker, traits, length, terms, meaning)
    select ${to}::uuid, kind, number + ${shift}::int, md5(source_id::text || ${times})::uuid,
      md5(thread_id::text || ${times})::uuid, speaker, traits, length, terms, meaning
    from indexed_text where user_id = ${from}::uuid and kind = 'message' and number < ${highest}`
  await prisma.$executeRaw`
    insert into posting (user_id, term, kind, chunk, count, entries)
    select ${to}::uuid, term, kind, chunk + ${shift / CHUNK_TEXTS}::int, count, entries
    from posting where user_id = ${from}::uuid and kind = 'message' and chunk < ${Math.ceil(highest / CHUNK_TEXTS)}`
  await prisma.$executeRaw`
    insert into text_index (user_id, tokenizer_version, languages, next_message, texts, terms)
    select ${to}::uuid, min(held.tokenizer_version), min(held.languages), max(number) + 1, count(*), sum(length)
    from indexed_text join text_index as held on held.user_id = ${from}::uuid
    where indexed_text.user_id = ${to}::uuid
    on conflict (user_id) do update
      set next_message = greatest(text_index.next_message, excluded.next_message), texts = excluded.texts,
        terms = excluded.terms`
}

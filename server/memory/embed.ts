import type { Reader } from '#server/db/reader.ts'
import type { Ground } from '#server/ground.ts'
import { faultOf } from '#server/log.ts'
import { type Embedder, TextRefused } from '#server/model/embedder.ts'
import type { EmbeddingProgress } from '#shared/memory.ts'
import type { Tx } from './index/lock.ts'
import type { TextAt } from './index/texts.ts'
import { type Asked, type IndexedAt, storeVectors } from './vectors.ts'

const AT_ONCE = 32
const BATCH_MS = 60_000
/** How long a search waits for the vector of its question before it goes without, in milliseconds. */
const QUESTION_MS = 1_500
/** How soon new texts are looked for when there was nothing to do. */
const IDLE_MS = 3_000

/** Null when there is no endpoint, or none that answers: search goes without. */
export async function embedQuestion(embedder: Embedder | null | undefined, question: string): Promise<Asked | null> {
  const vectors = await embedder?.embed([question], QUESTION_MS).catch(() => null)
  const vector = vectors?.[0]
  return embedder && vector ? { model: embedder.model, vector } : null
}

/**
 * Embeds what was written, and everything once more after the model was changed, in the background and a few texts at a
 * time. How far it came is in the database, so a crash loses one batch; two processes at it may do a batch twice, which
 * changes nothing. While the endpoint is down it asks ever more seldom. Returns what stops it.
 */
export function startEmbedding({ embedder, ...ground }: Ground): () => void {
  let stopped = false
  let cancel = () => {}
  if (!embedder) return cancel

  async function run(using: Embedder): Promise<void> {
    const more = await embedSome(ground, using).catch((error: unknown) => {
      if (!stopped) ground.log.warn({ fault: faultOf(error) }, 'Texts could not be embedded; it is tried again')
      return false
    })
    if (!stopped) cancel = ground.clock.after(more ? 0 : IDLE_MS, () => void run(using))
  }

  void run(embedder)
  return () => {
    stopped = true
    cancel()
  }
}

/** Embeds a few texts that the model has not read. False when there is nothing to do, or nobody who would. */
export async function embedSome({ db }: Pick<Ground, 'db'>, embedder: Embedder, atOnce = AT_ONCE): Promise<boolean> {
  const { model } = embedder
  await db.prisma.textIndex.updateMany({
    where: { OR: [{ embeddingModel: null }, { embeddingModel: { not: model } }] },
    data: { embeddingModel: model, embeddedMemories: 0, embeddedMessages: 0 },
  })
  const [behind] = await db.prisma.$queryRaw<Behind[]>`
    select user_id as "userId", embedded_memories as memories, embedded_messages as messages,
      next_memory as "nextMemory", next_message as "nextMessage"
    from text_index where embedded_memories < next_memory or embedded_messages < next_message limit 1`
  if (!behind) return false
  const texts = await nextTexts(db, behind, atOnce)
  try {
    const vectors = await embedder.embed(
      texts.map(({ text }) => text),
      BATCH_MS,
    )
    if (!vectors) return false
    const read = texts.map(({ text: _, ...at }, place) => ({ ...at, vector: vectors[place] ?? new Float32Array() }))
    await db.prisma.$transaction(async (tx) => {
      if (await moveOn(tx, model, behind, texts, atOnce)) await storeVectors(tx, behind.userId, model, read)
    })
  } catch (error) {
    if (!(error instanceof TextRefused)) throw error
    if (texts.length > 1) return embedSome({ db }, embedder, 1)
    await moveOn(db.prisma, model, behind, texts, atOnce)
  }
  return true
}

/** A text that was refused counts as read: it is not tried again. */
export async function embeddingProgress(db: Reader, userId: string, model: string): Promise<EmbeddingProgress> {
  const [progress] = await db.$queryRaw<EmbeddingProgress[]>`
    select texts as of,
      case when embedding_model = ${model} then texts - (
        select count(*)::int from indexed_text where user_id = ${userId}::uuid and (
          kind = 'memory' and number >= embedded_memories or kind = 'message' and number >= embedded_messages)
      ) else 0 end as texts
    from text_index where user_id = ${userId}::uuid`
  return progress ?? { texts: 0, of: 0 }
}

interface Behind {
  userId: string
  /** The lowest number of each kind that was not read yet. */
  memories: number
  messages: number
  nextMemory: number
  nextMessage: number
}

type Unread = IndexedAt & { text: string }

/** Memories first: there are fewer, and each was kept on purpose. */
function nextTexts(db: Ground['db'], { userId, memories, messages }: Behind, atOnce: number): Promise<Unread[]> {
  return db.prisma.$queryRaw`
    (select 'memory' as kind, number, source_id as "sourceId", memory.text from indexed_text
      join memory on memory.user_id = indexed_text.user_id and memory.id = source_id
      where indexed_text.user_id = ${userId}::uuid and indexed_text.kind = 'memory' and number >= ${memories}
      order by number limit ${atOnce})
    union all
    (select 'message', number, source_id, message.text from indexed_text
      join message on message.user_id = indexed_text.user_id and message.id = source_id
      where indexed_text.user_id = ${userId}::uuid and indexed_text.kind = 'message' and number >= ${messages}
      order by number limit ${atOnce})
    limit ${atOnce}`
}

/**
 * Notes that these texts were read. False when they are numbered anew, or read by another model, since they were
 * looked up. The user's row is locked first, as every writer does.
 */
async function moveOn(
  tx: Pick<Tx, '$executeRaw'>,
  model: string,
  behind: Behind,
  texts: readonly TextAt[],
  atOnce: number,
): Promise<boolean> {
  const last = (kind: string) => texts.findLast((text) => text.kind === kind)?.number
  const all = texts.length < atOnce
  const message = last('message')
  const memories = all || message !== undefined ? behind.nextMemory : (last('memory') ?? -1) + 1
  const messages = all ? behind.nextMessage : message === undefined ? behind.messages : message + 1
  const moved = await tx.$executeRaw`
    update text_index set embedded_memories = ${memories}, embedded_messages = ${messages}
    where user_id = ${behind.userId}::uuid and embedding_model = ${model}
      and embedded_memories = ${behind.memories} and embedded_messages = ${behind.messages}`
  return moved > 0
}

import { findBest, scoresByTerm } from './index/bm25.ts'
import type { Tx } from './index/lock.ts'
import { readPostings } from './index/postings.ts'
import { readQuery } from './index/query.ts'
import { RULES } from './index/rules.ts'
import { readStatistics } from './index/statistics.ts'

/** Each memory is tied to no more than this many others when it is made, so the network grows by O(1) a memory. */
const SIMILAR = 5
/** Share of a memory's own score that another must reach to count as similar. */
const ALIKE = 0.2
const SAME_CONVERSATION = 0.3
/** To how many others that speak of the same person, or of the same place, and how strongly. */
const SAME_ENTITY = 3
const SAME_PERSON = 0.6
const SAME_PLACE = 0.45

interface Linkable {
  id: string
  text: string
  sourceMessageId: string | null
}

/** Ties a memory that was just indexed to those most like it, to the latest that speak of the same people and places, and
 * to the one made before it in its conversation. */
export async function linkMemory(tx: Tx, userId: string, memory: Linkable): Promise<void> {
  const similar = await findSimilar(tx, userId, memory)
  if (similar.length > 0) {
    await tx.memoryLink.createMany({
      data: similar.map(({ id, weight }) => ({ userId, fromId: memory.id, toId: id, reason: 'similar', weight })),
      skipDuplicates: true,
    })
  }
  await linkEntities(tx, userId, memory.id)
  if (!memory.sourceMessageId) return
  await tx.$executeRaw`
    insert into memory_link (user_id, from_id, to_id, reason, weight)
    select memory.user_id, ${memory.id}::uuid, memory.id, 'conversation', ${SAME_CONVERSATION}
    from message as own
    join message as said on said.user_id = own.user_id and said.thread_id = own.thread_id
    join memory on memory.user_id = said.user_id and memory.source_message_id = said.id
    where own.user_id = ${userId}::uuid and own.id = ${memory.sourceMessageId}::uuid
      and memory.id <> ${memory.id}::uuid and memory.status = 'kept'
    order by memory.created_at desc, memory.id desc limit 1
    on conflict do nothing`
}

export async function unlinkMemories(tx: Tx, userId: string, ids: readonly string[]): Promise<void> {
  await tx.memoryLink.deleteMany({ where: { userId, OR: [{ fromId: { in: [...ids] } }, { toId: { in: [...ids] } }] } })
}

async function linkEntities(tx: Tx, userId: string, id: string): Promise<void> {
  await tx.$executeRaw`
    insert into memory_link (user_id, from_id, to_id, reason, weight, through)
    select own.user_id, own.memory_id, latest.memory_id, own.kind::text::link_reason,
      case own.kind when 'person' then ${SAME_PERSON}::float8 else ${SAME_PLACE}::float8 end, own.name
    from memory_entity as own
    cross join lateral (
      select other.memory_id from memory_entity as other
      join memory on memory.user_id = other.user_id and memory.id = other.memory_id and memory.status = 'kept'
      where other.user_id = own.user_id and other.kind = own.kind and other.key = own.key and other.memory_id <> own.memory_id
      order by other.memory_id desc limit ${SAME_ENTITY}
    ) as latest
    where own.user_id = ${userId}::uuid and own.memory_id = ${id}::uuid and own.kind in ('person', 'place')
    on conflict do nothing`
}

/** By what they say, not by when: the words of its date are no part of the comparison. */
async function findSimilar(tx: Tx, userId: string, { id, text }: Linkable): Promise<{ id: string; weight: number }[]> {
  const statistics = await readStatistics(tx, userId)
  const own = await tx.indexedText.findUnique({ where: { userId_sourceId: { userId, sourceId: id } } })
  if (!statistics || !own) return []
  const { terms } = readQuery(text, statistics.languages, [])
  const postings = await readPostings(tx, userId, terms, statistics, RULES, ['memory'])
  const highestPossible = scoresByTerm(postings, [own]).reduce((sum, score) => sum + score, 0)
  const alike = findBest(postings, 'memory', SIMILAR + 1)
    .filter(({ number }) => number !== own.number)
    .map(({ number, score }) => ({ number, weight: Math.min(1, score / highestPossible) }))
    .filter(({ weight }) => weight >= ALIKE)
  const texts = await tx.indexedText.findMany({
    where: { userId, kind: 'memory', number: { in: alike.map(({ number }) => number) } },
    select: { number: true, sourceId: true },
  })
  const ids = new Map(texts.map(({ number, sourceId }) => [number, sourceId]))
  return alike.flatMap(({ number, weight }) => {
    const found = ids.get(number)
    return found ? [{ id: found, weight }] : []
  })
}

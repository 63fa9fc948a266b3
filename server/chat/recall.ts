import type { Prisma } from '#server/db/generated/client.ts'
import { noteRecalled } from '#server/memory/conversation.ts'
import { recallFor as memoriesFor } from '#server/memory/recall.ts'
import type { Turn } from '#server/model/model.ts'
import type { Hit } from '#shared/memory.ts'
import type { Job, World } from './generation.ts'

export interface PathMessage {
  id: string
  author: 'user' | 'assistant'
  text: string
  createdAt: Date
}

const HITS = 16
const QUERY_LENGTH = 2_000

/**
 * What earlier conversations and memories say to the question at hand, best first: nothing that is in view
 * anyway, nor what was said beside it, in other branches of the same conversation.
 */
export async function recallFor(world: World, { userId, threadId }: Job, path: PathMessage[]): Promise<Hit[]> {
  const question = path.findLast(({ author }) => author === 'user')
  if (!question) return []
  const query = question.text.slice(0, QUERY_LENGTH).toWellFormed()
  const ids = path.map(({ id }) => id)
  const [hits, sources] = await Promise.all([
    memoriesFor(world, { userId, query, limit: HITS }),
    world.db.prisma.memorySource.findMany({ where: { userId, messageId: { in: ids } }, select: { memoryId: true } }),
  ])
  const inView = new Set([...ids, ...sources.map(({ memoryId }) => memoryId)])
  const since = path[0]?.createdAt.toISOString() ?? ''
  const isSibling = (hit: Hit) => hit.kind === 'message' && hit.threadId === threadId && hit.createdAt >= since
  return hits.filter((hit) => !inView.has(hit.id) && !isSibling(hit))
}

interface Used {
  job: Job
  turns: Turn[]
  omitted: number
  used: Hit[]
  /** False for a conversation that leaves no trace. */
  trace: boolean
}

/** Keeps what was put before the model, and that the memories among it were recalled. */
export async function recordRecall(world: World, { job, turns, omitted, used, trace }: Used): Promise<void> {
  const { userId, replyId } = job
  const at = new Date(world.clock.now())
  await world.db.prisma.$transaction(async (tx) => {
    const given: Prisma.InputJsonArray = turns.map(({ role, text }) => ({ role, text }))
    await tx.replyContext.create({ data: { userId, replyId, turns: given, omitted, createdAt: at } })
    await tx.recall.createMany({
      data: used.map(({ kind, id, score }, rank) => ({ userId, replyId, rank, kind, sourceId: id, score })),
    })
    const memories = used.filter(({ kind }) => kind === 'memory').map(({ id }) => id)
    if (trace) await noteRecalled(tx, userId, memories, at)
  })
}

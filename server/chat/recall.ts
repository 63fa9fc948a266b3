import type { Prisma } from '#server/db/generated/client.ts'
import { noteRecalled } from '#server/memory/conversation.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import { recallFor as memoriesFor } from '#server/memory/recall.ts'
import type { Turn } from '#server/model/model.ts'
import type { Hit } from '#shared/memory.ts'
import type { Conversation, PathMessage } from './conversation.ts'
import type { Job, World } from './job.ts'

const HITS = 16
const QUERY_LENGTH = 2_000

/**
 * What memories and messages say to the question at hand, best first: not the question itself, nor what was learned from
 * it, nor what was said beside it, in other branches of the same conversation. A language model has the conversation
 * before its eyes, so its messages are left out for one; memories made from them stay, for a reply cites them.
 */
export async function recallFor(
  world: World,
  { userId, threadId, model }: Job,
  { recent, earlier, whole }: Conversation,
  question: PathMessage,
): Promise<Hit[]> {
  const query = question.text.slice(0, QUERY_LENGTH).toWellFormed()
  const hits = await memoriesFor(world, { userId, query, limit: HITS })
  const modelReads = model.name !== null
  const seen = recent.filter(({ id, author }) => modelReads || author === 'assistant' || id === question.id)
  const leftOut = new Set([...seen.map(({ id }) => id), ...question.learned])
  const path = [...earlier, ...recent]
  const onPath = new Set(path.map(({ id }) => id))
  const since = whole ? '' : (path[0]?.createdAt.toISOString() ?? '')
  const isBeside = ({ kind, id, threadId: thread, createdAt }: Hit) =>
    kind === 'message' && thread === threadId && createdAt >= since && !onPath.has(id)
  return hits.filter((hit) => !leftOut.has(hit.id) && !isBeside(hit))
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
    await lockIndex(tx, userId)
    const given: Prisma.InputJsonArray = turns.map(({ role, text }) => ({ role, text }))
    if (!(await wasForgotten(tx, userId, used))) {
      await tx.replyContext.create({ data: { userId, replyId, turns: given, omitted, createdAt: at } })
    }
    await tx.recall.createMany({
      data: used.map(({ kind, id, score }, rank) => ({ userId, replyId, rank, kind, sourceId: id, score })),
    })
    const memories = used.filter(({ kind }) => kind === 'memory').map(({ id }) => id)
    if (trace) await noteRecalled(tx, userId, memories, at)
  })
}

/** Whether any of it was forgotten since it was read: a copy of that is not kept. */
async function wasForgotten(tx: Prisma.TransactionClient, userId: string, used: Hit[]): Promise<boolean> {
  const ids = used.map(({ id }) => id)
  const memories = await tx.memory.count({ where: { userId, id: { in: ids }, status: 'forgotten' } })
  return (
    memories > 0 || (await tx.message.count({ where: { userId, id: { in: ids }, forgottenAt: { not: null } } })) > 0
  )
}

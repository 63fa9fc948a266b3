import { setImmediate as turn } from 'node:timers/promises'
import type { Prisma } from '#server/db/generated/client.ts'
import { isUnreachable } from '#server/db/unreachable.ts'
import { faultOf } from '#server/log.ts'
import { refreshMessage } from '#server/memory/conversation.ts'
import { queueExtraction } from '#server/memory/extraction/queue.ts'
import { ModelFailure } from '#server/model/model.ts'
import type { Message } from '#shared/chat.ts'
import { again } from './again.ts'
import type { Job, World } from './job.ts'
import { endLease, keepLease, type Outcome } from './lease.ts'
import { createLiveReply, type LiveReply } from './live-reply.ts'
import { describeMessage, findMessage, type MessageRow } from './messages.ts'
import { persist } from './persist.ts'
import { preparePrompt } from './prompt.ts'
import { rollSummary } from './summary.ts'

export interface Generation {
  readonly owner: string
  readonly reply: LiveReply
  /** Ends it with what is there; `why` is told to the reader. */
  stop(why: string | null): void
  /** Settles once the end is stored; never rejects. */
  readonly done: Promise<void>
}

/** How often a prompt is prepared before the reply fails. Its end, in contrast, is stored however long that takes. */
const PREPARATIONS = 5

/** Writes a reply, whoever reads it or not. */
export function startGeneration(world: World, job: Job): Generation {
  const reply = createLiveReply(job.run, job.partial, world.clock)
  const ending = new AbortController()
  const saving = persist({
    clock: world.clock,
    text: () => reply.text,
    keep: (text) => keepLease(world.db.prisma, job, text),
    onEnd: (why) => ending.abort(why === 'lost' ? LOST : null),
    onError: waiting(world),
  })

  async function run() {
    const outcome = await write(world, job, reply, ending.signal, saving.touch)
    await saving.stop()
    const lost = ending.signal.reason === LOST
    const end = lost ? null : await storeEnd(world, job, reply.text, outcome)
    if (end) reply.finish(end)
    else reply.move()
    if (end?.status === 'complete') await rollSummary(world, job, ending.signal)
  }

  return { owner: job.owner, reply, stop: (why) => ending.abort(why), done: run() }
}

function waiting({ log }: World) {
  return (error: unknown) => log.warn({ fault: faultOf(error) }, 'a reply waits for the database')
}

function retrying(world: World) {
  return { clock: world.clock, onError: waiting(world) }
}

/** How often a text is offered to the index that fails on it. */
const INDEX_FAULTS = 3
const LOST = Symbol('somebody else writes this reply now')

async function write(
  world: World,
  job: Job,
  reply: LiveReply,
  ended: AbortSignal,
  onGrowth: () => void,
): Promise<Outcome> {
  try {
    const prepared = await again(() => preparePrompt(world, job), {
      ...retrying(world),
      signal: ended,
      attempts: PREPARATIONS,
    })
    // A turn after the first words, when they are out: the reader waits for those.
    let recorded: Promise<void> | undefined
    const record = () => {
      recorded ??= turn()
        .then(() => prepared.record())
        .catch((error) => world.log.error({ fault: faultOf(error) }, 'a recall was not recorded'))
      return recorded
    }
    try {
      for await (const piece of job.model.reply(prepared.prompt, ended)) {
        if (ended.aborted) break
        reply.append(piece)
        onGrowth()
        void record()
      }
    } finally {
      await record()
    }
    if (!ended.aborted) return { status: 'complete', failure: null }
  } catch (error) {
    world.log.warn({ fault: faultOf(error) }, 'a reply failed')
    if (!ended.aborted) return { status: reply.text ? 'interrupted' : 'failed', failure: failureOf(error) }
  }
  return { status: 'interrupted', failure: typeof ended.reason === 'string' ? ended.reason : null }
}

function failureOf(error: unknown): string {
  return error instanceof ModelFailure ? error.message : 'Something went wrong while answering: retry.'
}

/**
 * Stores the end, however long the database is away; null when the reply is no longer ours. An index that will not take
 * the text does not keep the reply from ending.
 */
function storeEnd(world: World, job: Job, text: string, outcome: Outcome): Promise<Message | null> {
  let faults = 0
  const attempt = async () => {
    try {
      return await settle(world, job, text, outcome, faults < INDEX_FAULTS)
    } catch (error) {
      if (!isUnreachable(error)) faults += 1
      throw error
    }
  }
  return again(attempt, retrying(world))
}

async function settle(
  world: World,
  job: Job,
  text: string,
  outcome: Outcome,
  searchable: boolean,
): Promise<Message | null> {
  const { prisma } = world.db
  const row = await prisma.$transaction(async (tx) => {
    if (!(await endLease(tx, job, text, outcome))) return null
    const reply = await findMessage(tx, job.userId, job.replyId)
    if (reply && searchable) await remember(tx, job, reply, new Date(world.clock.now()))
    return reply
  })
  return row && describeMessage(prisma, job.userId, row)
}

/** A reply that no model wrote repeats what can be found already, and there is no model to read what it answers. */
async function remember(tx: Prisma.TransactionClient, { userId, threadId }: Job, message: MessageRow, now: Date) {
  if (message.text === '' || message.model === null) return
  const thread = await tx.thread.findUnique({ where: { userId_id: { userId, id: threadId } } })
  if (!thread || thread.temporary) return
  await refreshMessage(tx, userId, message.id)
  if (thread.remember && message.parentId) await queueExtraction(tx, userId, message.parentId, now)
}

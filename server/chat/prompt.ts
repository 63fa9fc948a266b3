import type { Prompt, Turn } from '#server/model/model.ts'
import type { Hit } from '#shared/memory.ts'
import type { Job, World } from './generation.ts'
import type { Db } from './messages.ts'
import { type PathMessage, recallFor, recordRecall } from './recall.ts'

/** Messages of the thread that are considered; more than this a budget never holds. */
const RECENT = 100
/** The shares of the budget for the end of the conversation and for memories; the rest is left for the answer. */
const CONVERSATION_SHARE = 0.6
const MEMORY_SHARE = 0.15

/**
 * What a model is given for a reply: instructions with the memories that matter, then as much of the conversation's end
 * as fits. What it was given is recorded, and a reply that is continued is continued from the same.
 */
export async function preparePrompt(world: World, job: Job): Promise<{ prompt: Prompt; recorded: Promise<void> }> {
  const { prisma } = world.db
  const thread = await prisma.thread.findUniqueOrThrow({
    where: { userId_id: { userId: job.userId, id: job.threadId } },
    select: { temporary: true, remember: true },
  })
  const path = await conversation(prisma, job)
  const recent = fitting(path.toReversed(), world.contextTokens * CONVERSATION_SHARE, 1).reverse()
  const recalled = await recallFor(world, job, recent)
  const said = {
    partial: job.partial,
    recalled,
    remembers: thread.remember && !thread.temporary,
    timeZone: job.timeZone,
    locale: job.locale,
  }
  const given = job.run > 1 ? await givenBefore(prisma, job) : null
  if (given) return { prompt: { ...said, turns: given }, recorded: Promise.resolve() }

  const memories = fitting(recalled.map(line), world.contextTokens * MEMORY_SHARE)
  const system: Turn = {
    role: 'system',
    text: instructions(
      memories.map(({ text }) => text),
      world.clock.now(),
      job,
    ),
  }
  const turns = [system, ...recent.map(({ author, text }): Turn => ({ role: author, text }))]
  const used = recalled.slice(0, memories.length)
  const omitted = recent.length < path.length || path.length === RECENT ? await before(prisma, job, recent[0]) : 0
  const recorded = recordRecall(world, { job, turns, omitted, used, trace: !thread.temporary })
  return { prompt: { ...said, turns }, recorded }
}

/** The messages that lead to the reply, oldest first: of siblings, only those on the way. */
async function conversation(db: Db, { userId, replyId }: Job): Promise<PathMessage[]> {
  const rows = await db.$queryRaw<PathMessage[]>`
    with recursive path as (
      select parent_id as up, 0 as depth from message where user_id = ${userId}::uuid and id = ${replyId}::uuid
      union all
      select message.parent_id, path.depth + 1 from path
      join message on message.user_id = ${userId}::uuid and message.id = path.up
      where path.depth < ${RECENT}
    )
    select message.id, author, text, created_at as "createdAt" from path
    join message on message.user_id = ${userId}::uuid and message.id = path.up
    where path.depth < ${RECENT} and text <> '' order by path.depth desc`
  return rows
}

async function givenBefore(db: Db, { userId, replyId }: Job): Promise<Turn[] | null> {
  const rows = await db.$queryRaw<{ turns: Turn[] }[]>`
    select turns from reply_context where user_id = ${userId}::uuid and reply_id = ${replyId}::uuid`
  return rows[0]?.turns ?? null
}

async function before(db: Db, { userId, threadId }: Job, oldest: PathMessage | undefined): Promise<number> {
  if (!oldest) return 0
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from message
    where user_id = ${userId}::uuid and thread_id = ${threadId}::uuid
      and (created_at, id) < (${oldest.createdAt}, ${oldest.id}::uuid)`
  return row?.count ?? 0
}

function instructions(memories: string[], now: number, { timeZone, locale }: Job): string {
  const today = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone }).format(now)
  const known =
    memories.length > 0
      ? `What the person said before that may matter here, best match first:\n${memories.join('\n')}`
      : 'Nothing that the person said before matches this.'
  return [
    'You are Moneta, a companion with a long-term memory. Answer in the language of the person, plainly and briefly.',
    'Use what you remember where it helps, and say when it was said if that matters. Invent no memories.',
    `Today is ${today}.`,
    known,
  ].join('\n\n')
}

function line(hit: Hit): { text: string } {
  const who =
    hit.kind === 'memory' ? 'memory' : hit.author === 'assistant' ? 'you answered' : (hit.authorName ?? 'said')
  return { text: `- ${hit.createdAt.slice(0, 10)} (${who}): ${hit.text.slice(0, 1_000).toWellFormed()}` }
}

/** The first of `items` that fit together; at least `least` of them, fit or not. */
function fitting<Item extends { text: string }>(items: Item[], budget: number, least = 0): Item[] {
  let left = budget
  const end = items.findIndex(({ text }, index) => {
    left -= tokens(text)
    return left < 0 && index >= least
  })
  return end < 0 ? items : items.slice(0, end)
}

/** An estimate that needs no tokenizer: English takes about four bytes a token, and other scripts not many fewer. */
export function tokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4) + 4
}

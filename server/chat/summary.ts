import { faultOf } from '#server/log.ts'
import { lockIndex } from '#server/memory/index/lock.ts'
import type { Turn } from '#server/model/model.ts'
import { fitting, tokens } from './budget.ts'
import { type PathMessage, readConversation } from './conversation.ts'
import type { Job, World } from './job.ts'

/** A summary is made anew once this share of the budget was said that it lacks: not at each message. */
const LAG_SHARE = 0.1
/** What is summarised at once, and the summary itself, in shares of the budget. */
const READ_SHARE = 0.7
const SUMMARY_SHARE = 0.1
/** How much is read of one message, in UTF-16 code units: none takes all there is to read. */
const MESSAGE_LENGTH = 4_000

/**
 * Sums up what no longer fits before the model, together with the summary there was, once enough of it has gathered.
 * It follows a reply that has ended; without it the next one is only told less.
 */
export async function rollSummary(world: World, job: Job, signal: AbortSignal): Promise<void> {
  // Without a language model there is nobody to sum up, nor to read it.
  if (job.model.name === null) return
  try {
    await roll(world, job, signal)
  } catch (error) {
    world.log.warn({ fault: faultOf(error) }, 'a summary was not made')
  }
}

async function roll(world: World, job: Job, signal: AbortSignal): Promise<void> {
  const { prisma, reader } = world.db
  const { userId, threadId } = job
  const begunAt = new Date(world.clock.now())
  const { thread, earlier } = await readConversation(reader, job, world.contextTokens)
  if (earlier.length === 0) return
  const { summary, summaryThroughId } = thread
  const through = earlier.findIndex(({ id }) => id === summaryThroughId)
  const missing = earlier.slice(through + 1)
  if (missing.reduce((sum, { text }) => sum + tokens(text), 0) < world.contextTokens * LAG_SHARE) return

  const added = fitting(missing.map(shortened), world.contextTokens * READ_SHARE, 1)
  const written = await write(world, job, request(through < 0 ? '' : summary, added, world), signal)
  if (written === '' || signal.aborted) return
  await prisma.$transaction(async (tx) => {
    await lockIndex(tx, userId)
    // What was forgotten while it was written may be told in it.
    const meanwhile = { userId, forgottenAt: { gte: begunAt } }
    const forgotten = (await tx.memory.count({ where: meanwhile })) + (await tx.message.count({ where: meanwhile }))
    if (forgotten > 0) return
    await tx.thread.updateMany({
      where: { userId, id: threadId, summaryThroughId },
      data: { summary: written, summaryThroughId: added.at(-1)?.id },
    })
  })
}

function shortened(message: PathMessage): PathMessage {
  return { ...message, text: message.text.slice(0, MESSAGE_LENGTH).toWellFormed() }
}

function request(summary: string, added: PathMessage[], { contextTokens }: World): Turn[] {
  const words = Math.floor(contextTokens * SUMMARY_SHARE * 0.75)
  const said = added.map(({ author, text }) => `${author === 'user' ? 'Person' : 'Moneta'}: ${text}`).join('\n\n')
  return [
    {
      role: 'system',
      text:
        `Sum up a conversation in at most ${words} words, in its own language, for whoever goes on with it: names, ` +
        'facts, decisions, what is still open. Answer with the summary alone.',
    },
    { role: 'user', text: summary ? `Summary so far:\n${summary}\n\nWhat was said since:\n${said}` : said },
  ]
}

async function write({ contextTokens }: World, job: Job, turns: Turn[], signal: AbortSignal): Promise<string> {
  const { timeZone, locale } = job
  const prompt = { turns, partial: '', recalled: [], remembers: false, timeZone, locale }
  let text = ''
  for await (const piece of job.model.reply(prompt, signal)) {
    text += piece
    // A model that does not heed the limit must not fill the next prompt.
    if (tokens(text) > contextTokens * SUMMARY_SHARE * 2) break
  }
  return text.trim().toWellFormed().replaceAll('\0', '')
}

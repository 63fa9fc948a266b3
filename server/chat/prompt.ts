import type { Reader } from '#server/db/reader.ts'
import type { Prompt, Turn } from '#server/model/model.ts'
import type { Hit } from '#shared/memory.ts'
import { fitting } from './budget.ts'
import { type Conversation, countOmitted, readConversation } from './conversation.ts'
import type { Job, World } from './job.ts'
import { recallFor, recordRecall } from './recall.ts'

/** The share of the budget that memories may take. What they and the conversation leave is for the answer. */
const MEMORY_SHARE = 0.15
/** How much is told of one memory, in UTF-16 code units. */
const MEMORY_LENGTH = 1_000

/**
 * What a model is given for a reply: instructions, with the memories that matter and a summary of what was said long
 * ago, then as much of the conversation's end as fits. `record` keeps what it was given, and a reply that is continued is
 * continued from the same.
 */
export async function preparePrompt(world: World, job: Job): Promise<{ prompt: Prompt; record: () => Promise<void> }> {
  const { reader } = world.db
  const conversation = await readConversation(reader, job, world.contextTokens)
  const { thread, recent } = conversation
  const question = recent.findLast(({ author }) => author === 'user')
  const hits = question ? await recallFor(world, job, conversation, question) : []
  const recalled = job.model.quotes?.(hits, question?.text ?? '') ?? hits
  const { partial, timeZone, locale } = job
  const said = { partial, recalled, remembers: thread.remember && !thread.temporary, timeZone, locale }
  const given = job.run > 1 ? await givenBefore(reader, job) : null
  if (given) return { prompt: { ...said, turns: given }, record: async () => {} }

  const memories = fitting(recalled.map(memory), world.contextTokens * MEMORY_SHARE)
  const summary = isOnTheWay(conversation) ? thread.summary : ''
  const system: Turn = { role: 'system', text: instructions({ memories, summary, now: world.clock.now() }, job) }
  const turns = [system, ...recent.map(({ author, text }): Turn => ({ role: author, text }))]
  const used = recalled.slice(0, memories.length)
  const omitted = await countOmitted(reader, job, conversation)
  const record = () => recordRecall(world, { job, turns, omitted, used, trace: !thread.temporary })
  return { prompt: { ...said, turns }, record }
}

async function givenBefore(db: Reader, { userId, replyId }: Job): Promise<Turn[] | null> {
  const rows = await db.$queryRaw<{ turns: Turn[] }[]>`
    select turns from reply_context where user_id = ${userId}::uuid and reply_id = ${replyId}::uuid`
  return rows[0]?.turns ?? null
}

/** A summary of one branch says nothing about another. */
function isOnTheWay({ thread, earlier }: Conversation): boolean {
  return earlier.some(({ id }) => id === thread.summaryThroughId)
}

interface Known {
  memories: { text: string }[]
  summary: string
  now: number
}

function instructions({ memories, summary, now }: Known, { timeZone, locale }: Job): string {
  const today = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone }).format(now)
  return [
    'You are Moneta, a companion with a long-term memory. Answer in the language of the person, plainly and briefly.',
    'Use what you remember where it helps, and say when it was said if that matters. Invent no memories.',
    `Today is ${today}.`,
    memories.length > 0
      ? `What was said before that may matter here, best match first:\n${memories.map(({ text }) => text).join('\n')}`
      : 'Nothing that was said before matches this.',
    ...(summary ? [`What this conversation was about until now, in short:\n${summary}`] : []),
  ].join('\n\n')
}

function memory(hit: Hit): { text: string } {
  const who =
    hit.kind === 'memory' ? 'memory' : hit.author === 'assistant' ? 'you answered' : (hit.authorName ?? 'said')
  return { text: `- ${hit.createdAt.slice(0, 10)} (${who}): ${hit.text.slice(0, MEMORY_LENGTH).toWellFormed()}` }
}

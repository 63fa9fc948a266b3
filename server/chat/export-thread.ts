import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type { ExportedThread, exportInput, Message, ThreadSummary } from '#shared/chat.ts'
import { describeMessages, messagesBefore } from './messages.ts'
import { findThread, summary, threadNotFound } from './thread-row.ts'

/** Messages that are read at once. */
const PAGE = 500

/** A whole thread to take along: JSON with every branch, or the branch that ends with the newest message to read. */
export async function exportThread(
  ctx: UserContext,
  { id, format }: z.output<typeof exportInput>,
): Promise<ExportedThread> {
  const row = await findThread(ctx.deps.db.prisma, ctx.userId, id)
  if (!row) throw threadNotFound()
  const thread = summary(row)
  const messages = await everyMessage(ctx, id)
  const name = thread.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'conversation'
  return format === 'json'
    ? {
        filename: `${name}.json`,
        mediaType: 'application/json',
        content: `${JSON.stringify({ thread, messages }, null, 2)}\n`,
      }
    : { filename: `${name}.md`, mediaType: 'text/markdown', content: markdown(thread, newestBranch(messages), ctx) }
}

async function everyMessage({ deps, userId }: UserContext, threadId: string): Promise<Message[]> {
  const { prisma } = deps.db
  const pages: Message[][] = []
  let before: string[] | null = null
  for (;;) {
    const rows = await messagesBefore(prisma, { userId, threadId, before, limit: PAGE })
    pages.unshift(await describeMessages(prisma, userId, rows.toReversed()))
    const oldest = rows.at(-1)
    if (!oldest || rows.length < PAGE) return pages.flat()
    before = [oldest.createdAt.toISOString(), oldest.id]
  }
}

function newestBranch(messages: Message[]): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const branch: Message[] = []
  let at = messages.at(-1)
  while (at) {
    branch.unshift(at)
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return branch
}

function markdown(thread: ThreadSummary, messages: Message[], { user }: UserContext): string {
  const { locale, timeZone } = user
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone })
  const parts = messages.map((message) => {
    const who =
      message.author === 'assistant' ? (message.model ?? 'Moneta') : (message.authorName ?? user.name ?? 'You')
    const ended = message.status === 'complete' ? '' : `\n\n_${message.failure ?? 'Stopped here.'}_`
    return `**${who}**, ${moment.format(new Date(message.createdAt))}\n\n${message.text}${ended}`
  })
  return `${[`# ${thread.title || 'Conversation'}`, ...parts].join('\n\n')}\n`
}

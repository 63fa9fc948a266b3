import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { messagesTelling } from '#server/memory/indexable.ts'
import { threadNotFound } from '#server/problem.ts'
import type { ExportedThread, exportInput } from '#shared/chat.ts'
import { asJson } from './export.ts'
import { type ExportedMessage, exportedMessages, threadColumns } from './export-threads.ts'

/**
 * A whole thread to take along: JSON with every branch, which can be imported like everything's, or the branch that ends
 * with the newest message to read.
 *
 * @throws {Problem} NOT_FOUND
 */
export async function exportThread(
  ctx: UserContext,
  { id, format }: z.output<typeof exportInput>,
): Promise<ExportedThread> {
  const { deps, userId } = ctx
  const thread = await deps.db.prisma.thread.findFirst({
    where: { userId, id, deletedAt: null },
    select: { ...threadColumns, temporary: true },
  })
  if (!thread) throw threadNotFound()
  const messages = await all(exportedMessages(ctx, id))
  const name = thread.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'conversation'
  return format === 'json'
    ? { filename: `${name}.json`, mediaType: 'application/json', content: await json(ctx, thread, messages) }
    : {
        filename: `${name}.md`,
        mediaType: 'text/markdown',
        content: markdown(thread.title, newestBranch(messages), ctx),
      }
}

/** Nothing in it tells that something was forgotten but the messages themselves: each that does is marked. */
async function json(
  { deps, userId }: UserContext,
  { temporary, ...thread }: { id: string; temporary: boolean; remember: boolean },
  messages: ExportedMessage[],
): Promise<string> {
  const exportedAt = new Date(deps.clock.now())
  const telling = await messagesTelling(deps.db.prisma, userId, thread.id)
  const pieces = asJson(
    { exportedAt },
    {
      memories: [],
      forgotten: [],
      threads: [{ ...thread, remember: thread.remember && !temporary }],
      messagesOf: () =>
        messages.map((message) => ({
          ...message,
          forgottenAt: message.forgottenAt ?? (telling.has(message.id) ? exportedAt : null),
        })),
    },
  )
  return (await all(pieces)).join('')
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

function newestBranch(messages: ExportedMessage[]): ExportedMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const branch: ExportedMessage[] = []
  let at = messages.at(-1)
  while (at) {
    branch.unshift(at)
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return branch
}

function markdown(title: string, messages: ExportedMessage[], { user }: UserContext): string {
  const { locale, timeZone } = user
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone })
  const parts = messages.map((message) => {
    const who =
      message.author === 'assistant' ? (message.model ?? 'Moneta') : (message.authorName ?? user.name ?? 'You')
    const ended = message.status === 'complete' ? '' : `\n\n_${message.failure ?? 'Stopped here.'}_`
    return `**${who}**, ${moment.format(message.createdAt)}\n\n${message.text}${ended}`
  })
  return `${[`# ${title || 'Conversation'}`, ...parts].join('\n\n')}\n`
}

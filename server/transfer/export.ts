import { exportedMemories, exportedTombstones } from './export-memories.ts'
import { exportedMessages, exportedThreads } from './export-threads.ts'
import type { Owner } from './import-run.ts'

/** Of the file's layout; raised when a reader of the old one could no longer read it. */
const VERSION = 1

/**
 * Everything a person has here, as one JSON file, in pieces, a few hundred rows at a time. Times are ISO-8601 UTC, ids
 * are uuids; what a field means is said where the database's schema says it.
 *
 * ```
 * { format: 'moneta', version: 1, exportedAt,
 *   account: { name, email, timeZone, locale },
 *   memories: [{ id, text, kind, tags, status: 'kept'|'suggested'|'superseded', origin, version, supersededById,
 *                validFrom, validTo, expiresAt, encodings, recalls, lastRecalledAt, lastEncodedAt, createdAt, updatedAt,
 *                sourceMessageId, sourceIds: [message id], entities: [{ kind: 'person'|'place'|'date', name }],
 *                versions: [{ version, text, createdAt, fingerprint? }] }],
 *   forgotten: [{ id, status: 'forgotten'|'declined', fingerprint, forgottenAt, sourceIds }],
 *   threads: [{ id, title, pinned, archived, remember, tags, model, createdAt,
 *               messages: [{ id, parentId, author, authorName, text, status, failure, model, forgottenAt, createdAt,
 *                            used: [{ kind: 'memory'|'message', id, score }] }] }] }
 * ```
 *
 * Messages with the same `parentId` are siblings: edits, or answers to the same; one with `forgottenAt` is not searched or
 * learned from. Entities follow from the text, here and wherever the file is imported. Of what was forgotten there is a
 * fingerprint alone, so that it does not come back where the file is imported. Conversations that were deleted or meant to
 * leave no trace are not in it. A file of one conversation is the same without `account` and with nothing remembered: see
 * export-thread.ts.
 */
export async function* exportJson(owner: Owner): AsyncGenerator<string> {
  const { deps, userId } = owner
  const account = await deps.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true, timeZone: true, locale: true },
  })
  yield* asJson(
    { exportedAt: new Date(deps.clock.now()), account },
    {
      memories: exportedMemories(owner),
      forgotten: exportedTombstones(owner),
      threads: exportedThreads(owner),
      messagesOf: (thread) => exportedMessages(owner, thread.id),
    },
  )
}

type Rows<Row> = AsyncIterable<Row> | Iterable<Row>

interface Content<Thread> {
  memories: Rows<unknown>
  forgotten: Rows<unknown>
  threads: Rows<Thread>
  messagesOf: (thread: Thread) => Rows<unknown>
}

/** The layout that `exportJson` tells of. */
export async function* asJson<Thread extends object>(
  about: { exportedAt: Date; account?: object },
  { memories, forgotten, threads, messagesOf }: Content<Thread>,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'moneta', version: VERSION, ...about }).slice(0, -1)},"memories":[`
  yield* listed(memories)
  yield '],"forgotten":['
  yield* listed(forgotten)
  yield '],"threads":['
  let separator = '\n'
  for await (const thread of threads) {
    yield `${separator}${JSON.stringify(thread).slice(0, -1)},"messages":[`
    yield* listed(messagesOf(thread))
    yield ']}'
    separator = ',\n'
  }
  yield ']}\n'
}

/** The same to be read by people. */
export async function* exportMarkdown(owner: Owner): AsyncGenerator<string> {
  yield '# Moneta\n\n## Memories\n\n'
  for await (const { text, createdAt, status } of exportedMemories(owner)) {
    const note = status === 'kept' ? '' : ` (${status})`
    yield `- ${text.replace(/\s*\n\s*/g, ' ')} — ${createdAt.toISOString().slice(0, 10)}${note}\n`
  }
  for await (const thread of exportedThreads(owner)) {
    yield `\n## ${thread.title || 'A conversation'}\n`
    for await (const { author, authorName, text, createdAt } of exportedMessages(owner, thread.id)) {
      const who = authorName ?? (author === 'user' ? 'You' : 'Moneta')
      yield `\n**${who}**, ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC\n\n${text}\n`
    }
  }
}

async function* listed(items: Rows<unknown>): AsyncGenerator<string> {
  let separator = '\n'
  for await (const item of items) {
    yield separator + JSON.stringify(item)
    separator = ',\n'
  }
}

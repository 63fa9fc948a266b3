import type { Caller } from '#server/memory/caller.ts'

const AT_ONCE = 500

/** Of the file's layout; raised when a reader of the old one could no longer read it. */
const VERSION = 1

type Owner = Pick<Caller, 'deps' | 'userId'>

/**
 * Everything a person has here, as one JSON file: `{ format, version, exportedAt, memories: [...], threads: [{ id, title,
 * createdAt, messages: [...] }] }`, in pieces, a few hundred rows at a time. What was forgotten, deleted or meant to
 * leave no trace is not in it.
 */
export async function* exportJson(owner: Owner): AsyncGenerator<string> {
  const exportedAt = new Date(owner.deps.clock.now()).toISOString()
  yield `{"format":"moneta","version":${VERSION},"exportedAt":"${exportedAt}","memories":[`
  yield* separated(memories(owner), (memory) => JSON.stringify(memory))
  yield '],"threads":['
  let separator = ''
  for await (const thread of threads(owner)) {
    yield `${separator}${JSON.stringify(thread).slice(0, -1)},"messages":[`
    yield* separated(messages(owner, thread.id), (message) => JSON.stringify(message))
    yield ']}'
    separator = ','
  }
  yield ']}\n'
}

/** The same to be read by people. */
export async function* exportMarkdown(owner: Owner): AsyncGenerator<string> {
  yield '# Moneta\n\n## Memories\n\n'
  for await (const { text, createdAt, status } of memories(owner)) {
    const note = status === 'kept' ? '' : ` (${status})`
    yield `- ${text.replace(/\s*\n\s*/g, ' ')} — ${createdAt.toISOString().slice(0, 10)}${note}\n`
  }
  for await (const thread of threads(owner)) {
    yield `\n## ${thread.title || 'A conversation'}\n`
    for await (const { author, authorName, text, createdAt } of messages(owner, thread.id)) {
      const who = authorName ?? (author === 'user' ? 'You' : 'Moneta')
      yield `\n**${who}**, ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC\n\n${text}\n`
    }
  }
}

async function* separated<Item>(items: AsyncIterable<Item>, write: (item: Item) => string): AsyncGenerator<string> {
  let separator = ''
  for await (const item of items) {
    yield separator + write(item)
    separator = ',\n'
  }
}

const memories = ({ deps, userId }: Owner) =>
  paged((after) =>
    deps.db.prisma.memory.findMany({
      where: { userId, status: { in: ['kept', 'suggested', 'superseded'] }, ...after },
      select: {
        id: true,
        text: true,
        kind: true,
        tags: true,
        status: true,
        origin: true,
        sourceMessageId: true,
        supersededById: true,
        validFrom: true,
        validTo: true,
        expiresAt: true,
        createdAt: true,
        versions: { select: { version: true, text: true, createdAt: true }, where: { text: { not: '' } } },
      },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    }),
  )

const threads = ({ deps, userId }: Owner) =>
  paged((after) =>
    deps.db.prisma.thread.findMany({
      where: { userId, deletedAt: null, temporary: false, ...after },
      select: { id: true, title: true, createdAt: true },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    }),
  )

async function* messages({ deps, userId }: Owner, threadId: string) {
  const select = { id: true, parentId: true, author: true, authorName: true, text: true, createdAt: true } as const
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const
  for (let skip = 0; ; skip += AT_ONCE) {
    const page = await deps.db.prisma.message.findMany({
      where: { userId, threadId },
      select,
      orderBy: [...orderBy],
      skip,
      take: AT_ONCE,
    })
    yield* page
    if (page.length < AT_ONCE) return
  }
}

async function* paged<Row extends { id: string }>(
  read: (after: { id?: { gt: string } }) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let last: string | undefined
  do {
    const page = await read(last ? { id: { gt: last } } : {})
    yield* page
    last = page.length < AT_ONCE ? undefined : page.at(-1)?.id
  } while (last)
}

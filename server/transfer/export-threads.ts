import type { Owner } from './import-run.ts'
import { AT_ONCE, paged } from './paged.ts'

/** A message may be as long as a book's chapter. */
const MESSAGES_AT_ONCE = 200

export const threadColumns = {
  id: true,
  title: true,
  pinned: true,
  archived: true,
  remember: true,
  tags: true,
  model: true,
  createdAt: true,
} as const

const messageColumns = {
  id: true,
  parentId: true,
  author: true,
  authorName: true,
  text: true,
  status: true,
  failure: true,
  model: true,
  forgottenAt: true,
  createdAt: true,
  recalls: { select: { kind: true, sourceId: true, score: true }, orderBy: { rank: 'asc' } },
} as const

export function exportedThreads({ deps, userId }: Owner) {
  return paged((after) =>
    deps.db.prisma.thread.findMany({
      where: { userId, deletedAt: null, temporary: false, ...after },
      select: threadColumns,
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    }),
  )
}

export type ExportedMessage = ReturnType<typeof exportedMessages> extends AsyncGenerator<infer Each> ? Each : never

/** A thread's messages, oldest first. Of a reply that is being written, what there is of it by now. */
export async function* exportedMessages({ deps, userId }: Owner, threadId: string) {
  let last: { createdAt: Date; id: string } | undefined
  for (;;) {
    const page = await deps.db.prisma.message.findMany({
      where: { userId, threadId, ...(last ? following(last) : {}) },
      select: messageColumns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: MESSAGES_AT_ONCE,
    })
    for (const { recalls, status, ...message } of page) {
      yield {
        ...message,
        status: status === 'streaming' ? ('interrupted' as const) : status,
        used: recalls.map(({ sourceId, ...use }) => ({ ...use, id: sourceId })),
      }
    }
    last = page.at(-1)
    if (page.length < MESSAGES_AT_ONCE) return
  }
}

function following({ createdAt, id }: { createdAt: Date; id: string }) {
  return { createdAt: { gte: createdAt }, OR: [{ createdAt: { gt: createdAt } }, { id: { gt: id } }] }
}

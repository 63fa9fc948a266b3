import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { recallFor } from '#server/memory/recall.ts'
import { snippet, sought } from '#server/memory/text/snippet.ts'
import type { ThreadSearch, threadSearchInput } from '#shared/chat.ts'
import { summary, type ThreadRow, threadColumns } from './thread-row.ts'

const TITLES = 10

/** Threads by their titles, and messages by what they say, the best first, over all that is not deleted. */
export async function searchThreads(
  { deps, userId }: UserContext,
  { query, limit }: z.output<typeof threadSearchInput>,
): Promise<ThreadSearch> {
  const pattern = `%${query.trim().replace(/[\\%_]/g, '\\$&')}%`
  const [threads, hits] = await Promise.all([
    deps.db.prisma.$queryRaw<ThreadRow[]>`
      select ${threadColumns} from thread
      where user_id = ${userId}::uuid and deleted_at is null and not temporary and title ilike ${pattern}
      order by active_at desc, id desc limit ${TITLES}`,
    recallFor(deps, { userId, query, limit, kind: 'message' }),
  ])
  const asked = sought(query)
  return {
    threads: threads.map(summary),
    messages: hits.flatMap(({ id, threadId, threadTitle, author, text, createdAt, score }) =>
      threadId && author
        ? {
            id,
            threadId,
            threadTitle: threadTitle ?? '',
            author,
            createdAt,
            score,
            ...snippet({ text, author }, asked),
          }
        : [],
    ),
  }
}

import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { containing } from '#server/db/like.ts'
import { recallFor } from '#server/memory/recall.ts'
import { snippet, sought } from '#server/memory/text/snippet.ts'
import { unfinishedWord } from '#server/memory/text/unfinished.ts'
import type { ThreadSearch, threadSearchInput } from '#shared/chat.ts'
import { summary, type ThreadRow, threadColumns } from './thread-row.ts'

const TITLES = 10

/**
 * Threads by their titles, and messages by what they say, the best first, over all that is not deleted. It is asked while
 * somebody types: words of a title may be any part of one, and the last word of what was said its beginning.
 */
export async function searchThreads(
  { deps, userId }: UserContext,
  { query, limit }: z.output<typeof threadSearchInput>,
): Promise<ThreadSearch> {
  const patterns = query.trim().split(/\s+/).map(containing)
  const begun = unfinishedWord(query)
  const [threads, hits] = await Promise.all([
    deps.db.prisma.$queryRaw<ThreadRow[]>`
      select ${threadColumns} from thread
      where user_id = ${userId}::uuid and deleted_at is null and not temporary and title ilike all(${patterns}::text[])
      order by active_at desc, id desc limit ${TITLES}`,
    recallFor(deps, { userId, query, limit, kind: 'message', begun }),
  ])
  const asked = sought(query, begun)
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

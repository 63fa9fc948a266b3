import { MessageLink } from '#client/ui/message-link.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { FoundWords } from './found-message.tsx'
import { RowsSkeleton } from './rows-skeleton.tsx'
import { ThreadRow } from './thread-row.tsx'
import { useThreadSearch } from './use-thread-search.ts'

/** What a search over all chats found: chats by their titles, then what was said in any of them. */
export function FoundInChats({ typed }: { typed: string }) {
  const { search } = useThreadSearch(typed)
  const late = useDelayed(search.isPending)
  if (search.isError) {
    return (
      <div className="px-2.5 py-3">
        <Trouble what="The search did not work." why={search.error.message} onRetry={search.refetch} />
      </div>
    )
  }
  if (search.isPending) return late && <RowsSkeleton label="Searching" />
  const { threads, messages } = search.data
  const count = threads.length + messages.length
  return (
    <div>
      <p role="status" className={count > 0 ? 'sr-only' : 'px-2.5 py-4 text-ink-soft text-sm'}>
        {count > 0 ? `${count} found` : 'Nothing you said matches that.'}
      </p>
      {threads.length > 0 && (
        <ul aria-label="Chats found" className="mb-2">
          {threads.map((thread) => (
            <li key={thread.id}>
              <ThreadRow thread={thread} />
            </li>
          ))}
        </ul>
      )}
      <ul aria-label="Messages found" className="divide-y divide-line">
        {messages.map((found) => (
          <li key={found.id}>
            <MessageLink
              threadId={found.threadId}
              messageId={found.id}
              className="touch block rounded-one px-2.5 py-2 hover:bg-paper/60"
            >
              <FoundWords found={found} />
            </MessageLink>
          </li>
        ))}
      </ul>
    </div>
  )
}

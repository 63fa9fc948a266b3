import { Pin } from 'lucide-react'
import { useState } from 'react'
import type { ThreadSummary } from '#shared/chat.ts'
import { RenameThread } from './rename-thread.tsx'
import { ThreadMenu } from './thread-menu.tsx'

/** The title of the chat that is open, its tags, and what can be done to it. */
export function ThreadHeader({ thread }: { thread: ThreadSummary }) {
  const [renaming, setRenaming] = useState(false)
  if (renaming) {
    return (
      <div className="max-w-reading flex-1">
        <RenameThread thread={thread} onDone={() => setRenaming(false)} className="font-serif text-lg" />
      </div>
    )
  }
  return (
    <>
      <h1 dir="auto" className="truncate font-serif text-lg">
        {thread.title || 'New chat'}
      </h1>
      {thread.pinned && <Pin className="size-3.5 shrink-0 text-bronze" aria-label="pinned" />}
      {thread.tags.length > 0 && (
        <ul aria-label="Tags" className="hidden min-w-0 shrink-[9] gap-1.5 overflow-hidden sm:flex">
          {thread.tags.map((tag) => (
            <li key={tag} className="shrink-0 rounded-one border border-line px-1.5 text-ink-soft text-xs leading-5">
              {tag}
            </li>
          ))}
        </ul>
      )}
      <ThreadMenu thread={thread} label="More for this chat" onRename={() => setRenaming(true)} />
    </>
  )
}

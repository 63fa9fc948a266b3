import { Link, useParams } from '@tanstack/react-router'
import { EyeOff } from 'lucide-react'
import { useState } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { RenameThread } from './rename-thread.tsx'
import { ThreadMenu } from './thread-menu.tsx'

/** One chat in the list, and what can be done to it. */
export function ThreadRow({ thread }: { thread: ThreadSummary }) {
  const open = useParams({ strict: false }).threadId === thread.id
  const [renaming, setRenaming] = useState(false)
  const title = thread.title || 'New chat'

  if (renaming) return <RenameThread thread={thread} onDone={() => setRenaming(false)} className="text-sm" />
  return (
    <div className={cx('group/row relative flex items-center rounded-one', open ? 'bg-paper' : 'hover:bg-paper/60')}>
      <Link
        to="/chat/$threadId"
        params={{ threadId: thread.id }}
        className={cx('touch flex min-w-0 flex-1 items-center gap-2 py-1.5 pr-9 pl-2.5 text-sm', open && 'font-medium')}
      >
        {open && <span aria-hidden="true" className="absolute inset-y-1.5 left-0 w-0.5 bg-verdigris" />}
        <span className="truncate" dir="auto">
          {title}
        </span>
        {thread.temporary && <EyeOff className="size-3.5 shrink-0 text-ink-soft" aria-label="leaves nothing behind" />}
      </Link>
      <ThreadMenu
        thread={thread}
        label={`More for ${title}`}
        onRename={() => setRenaming(true)}
        className="absolute right-0.5 opacity-0 focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
      />
    </div>
  )
}

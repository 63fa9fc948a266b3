import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Archive, Brain, Ellipsis, EyeOff, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { cx } from '#client/ui/cx.ts'
import { LazyMenu } from '#client/ui/lazy-menu.tsx'
import type { ThreadSummary } from '#shared/chat.ts'
import { useThreadChanges } from './use-thread-changes.ts'

/** One chat in the list, and what can be done to it. */
export function ThreadRow({ thread }: { thread: ThreadSummary }) {
  const changes = useThreadChanges()
  const navigate = useNavigate()
  const open = useParams({ strict: false }).threadId === thread.id
  const [renaming, setRenaming] = useState(false)
  const [asked, setAsked] = useState(false)
  const title = thread.title || 'New chat'

  if (renaming) {
    return (
      <Rename
        title={thread.title}
        onDone={(next) => {
          setRenaming(false)
          if (next !== null) changes.rename(thread, next)
        }}
      />
    )
  }
  const remove = () => {
    if (!asked) return setAsked(true)
    changes.remove(thread)
    if (open) void navigate({ to: '/new' })
  }
  return (
    <div className={cx('group/row relative flex items-center rounded-one', open ? 'bg-paper' : 'hover:bg-paper/60')}>
      <Link
        to="/chat/$threadId"
        params={{ threadId: thread.id }}
        className={cx('touch flex min-w-0 flex-1 items-center gap-2 py-1.5 pr-9 pl-2.5 text-sm', open && 'font-medium')}
      >
        {open && <span aria-hidden="true" className="absolute inset-y-1.5 left-0 w-0.5 bg-verdigris" />}
        <span className="truncate">{title}</span>
        {thread.temporary && <EyeOff className="size-3.5 shrink-0 text-ink-soft" aria-label="leaves nothing behind" />}
      </Link>
      <LazyMenu
        label={`More for ${title}`}
        icon={<Ellipsis />}
        className="absolute right-0.5 opacity-0 focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
        onClose={() => setAsked(false)}
        items={[
          { label: 'Rename', icon: <Pencil />, onSelect: () => setRenaming(true) },
          {
            label: thread.pinned ? 'Unpin' : 'Pin',
            icon: thread.pinned ? <PinOff /> : <Pin />,
            onSelect: () => changes.pin(thread),
          },
          {
            label: thread.remember ? 'Do not remember this chat' : 'Remember this chat',
            icon: <Brain />,
            onSelect: () => changes.remember(thread),
          },
          {
            label: thread.archived ? 'Back to the list' : 'Archive',
            icon: <Archive />,
            onSelect: () => changes.archive(thread),
          },
          {
            label: asked ? 'Really delete it?' : 'Delete',
            icon: <Trash2 />,
            harm: true,
            stays: !asked,
            onSelect: remove,
          },
        ]}
      />
    </div>
  )
}

function Rename({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const [text, setText] = useState(title)
  const finish = (event?: FormEvent) => {
    event?.preventDefault()
    onDone(text.trim() === '' || text.trim() === title ? null : text.trim())
  }
  return (
    <form onSubmit={finish}>
      <input
        aria-label="Title of the chat"
        // biome-ignore lint/a11y/noAutofocus: it opens in answer to a press on Rename
        autoFocus
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => finish()}
        onKeyDown={(event) => event.key === 'Escape' && onDone(null)}
        className="w-full rounded-one border border-verdigris bg-paper-lift px-2.5 py-1.5 text-sm"
      />
    </form>
  )
}

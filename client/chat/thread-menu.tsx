import { useNavigate, useParams } from '@tanstack/react-router'
import {
  Archive,
  ArchiveRestore,
  Brain,
  Copy,
  Download,
  Ellipsis,
  Pencil,
  Pin,
  PinOff,
  Tag,
  Trash2,
} from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWithinDialog } from '#client/ui/dialog.tsx'
import { LazyMenu } from '#client/ui/lazy-menu.tsx'
import type { ThreadSummary } from '#shared/chat.ts'
import { useUnsent } from './chat-context.tsx'
import { useExport } from './use-export.ts'
import { useThreadChanges } from './use-thread-changes.ts'

const TagsDialog = lazy(() => import('./tags-dialog.tsx'))

interface ThreadMenuProps {
  thread: ThreadSummary
  label: string
  onRename: () => void
  className?: string
}

/** All that can be done to one chat. */
export function ThreadMenu({ thread, label, onRename, className }: ThreadMenuProps) {
  const changes = useThreadChanges()
  const take = useExport(thread.id)
  const navigate = useNavigate()
  const dialog = useWithinDialog()
  const open = useParams({ strict: false }).threadId === thread.id
  const unsent = useUnsent(thread.id).some((each) => each.newThread)
  const [asked, setAsked] = useState(false)
  const [tagging, setTagging] = useState(false)
  /** What can be undone is said over the page, which a dialog keeps out of reach. */
  const openly = (change: (thread: ThreadSummary) => Promise<void>) => {
    void change(thread)
    dialog?.close()
  }
  const remove = () => {
    if (!asked) return setAsked(true)
    openly(changes.remove)
    if (open) void navigate({ to: '/new' })
  }
  // What the server does not know yet cannot be changed there.
  if (unsent) return null
  const inLists = thread.temporary
    ? []
    : [
        {
          label: thread.pinned ? 'Unpin' : 'Pin',
          icon: thread.pinned ? <PinOff /> : <Pin />,
          onSelect: () => changes.pin(thread),
        },
        { label: 'Tags', icon: <Tag />, onSelect: () => setTagging(true) },
        {
          label: thread.remember ? 'Do not remember this chat' : 'Remember this chat',
          icon: <Brain />,
          onSelect: () => openly(changes.remember),
        },
        {
          label: thread.archived ? 'Back to the list' : 'Archive',
          icon: thread.archived ? <ArchiveRestore /> : <Archive />,
          onSelect: () => openly(changes.archive),
        },
      ]
  return (
    <>
      <LazyMenu
        label={label}
        icon={<Ellipsis />}
        className={className}
        onClose={() => setAsked(false)}
        items={[
          { label: 'Rename', icon: <Pencil />, onSelect: onRename },
          ...inLists,
          { label: 'Copy as Markdown', icon: <Copy />, apart: true, onSelect: take.copy },
          { label: 'Save as Markdown', icon: <Download />, onSelect: () => take.save('markdown') },
          { label: 'Save as JSON', icon: <Download />, onSelect: () => take.save('json') },
          {
            label: asked ? 'Really delete it?' : 'Delete',
            icon: <Trash2 />,
            harm: true,
            apart: true,
            stays: !asked,
            onSelect: remove,
          },
        ]}
      />
      {tagging && (
        <Suspense fallback={null}>
          <TagsDialog thread={thread} onClose={() => setTagging(false)} />
        </Suspense>
      )}
    </>
  )
}

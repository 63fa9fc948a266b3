import { useLocation, useParams, useSearch } from '@tanstack/react-router'
import { PanelRight } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { IconButton } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { useMedia } from '#client/ui/use-media.ts'
import { NewChat } from './new-chat.tsx'
import { ThreadHeader } from './thread-header.tsx'
import { ThreadNotice } from './thread-notice.tsx'
import { ThreadView } from './thread-view.tsx'
import { useKnownThread } from './use-threads.ts'

const MemoryPanel = lazy(() => import('./memory-panel.tsx').then((module) => ({ default: module.MemoryPanel })))

interface ChatPageProps {
  /** What the shell puts before the title: the way to the list on a phone. */
  lead: ReactNode
}

/** A chat with the memory beside it. */
export function ChatPage({ lead }: ChatPageProps) {
  const { threadId } = useParams({ strict: false })
  const { message } = useSearch({ strict: false })
  const jump = useLocation({ select: ({ state }) => state.jump })
  const link = useMemo(() => (message ? { messageId: message, jump } : null), [message, jump])
  const beside = useMedia('(min-width: 75rem)')
  const [folded, setFolded] = useState<boolean | null>(null)
  const open = folded === null ? beside : !folded
  const thread = useKnownThread(threadId)
  const panel = (
    <Suspense fallback={null}>
      <MemoryPanel threadId={threadId} onClose={() => setFolded(true)} />
    </Suspense>
  )

  return (
    <div className="flex min-h-0 flex-1">
      <title>{thread?.title ? `${thread.title} · Moneta` : 'Moneta'}</title>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-12 shrink-0 items-center gap-2 px-3">
          {lead}
          <div className="flex min-w-0 flex-1 items-center gap-2 md:pl-2">
            {thread && <ThreadHeader key={thread.id} thread={thread} />}
          </div>
          {!open && (
            <IconButton label="Show the memory" onClick={() => setFolded(false)}>
              <PanelRight />
            </IconButton>
          )}
        </header>
        {thread && <ThreadNotice thread={thread} />}
        {threadId ? <ThreadView key={threadId} threadId={threadId} link={link} /> : <NewChat />}
      </div>
      {open && beside && <aside className="w-[22rem] shrink-0 border-line border-l">{panel}</aside>}
      {open && !beside && (
        <Dialog label="Memory" place="right" onClose={() => setFolded(true)}>
          {panel}
        </Dialog>
      )}
    </div>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { Archive, EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { AskTwice } from '#client/ui/ask-twice.tsx'
import { Button } from '#client/ui/button.tsx'
import type { ThreadSummary } from '#shared/chat.ts'
import { useThreadChanges } from './use-thread-changes.ts'

/** What is unlike other chats about this one, and the way out of it. */
export function ThreadNotice({ thread }: { thread: ThreadSummary }) {
  const changes = useThreadChanges()
  const navigate = useNavigate()
  if (thread.temporary) {
    const end = () => {
      void changes.remove(thread)
      void navigate({ to: '/new' })
    }
    return (
      <Notice
        icon={<EyeOff />}
        words="Temporary. Nothing said here is remembered or found again; a day after the last word it is gone."
      >
        <AskTwice label="End it now" again="Really end it?" onConfirm={end} />
      </Notice>
    )
  }
  return (
    <>
      {thread.archived && (
        <Notice icon={<Archive />} words="This chat is archived.">
          <Button look="quiet" onClick={() => changes.archive(thread)}>
            Bring it back
          </Button>
        </Notice>
      )}
      {!thread.remember && (
        <Notice icon={<EyeOff />} words="What you say here is not remembered.">
          <Button look="quiet" onClick={() => changes.remember(thread)}>
            Remember it again
          </Button>
        </Notice>
      )}
    </>
  )
}

function Notice({ icon, words, children }: { icon: ReactNode; words: string; children: ReactNode }) {
  return (
    <div
      role="note"
      className="mx-auto flex w-full max-w-reading items-center gap-2.5 px-5 text-ink-soft text-sm [&>svg]:size-4 [&>svg]:shrink-0"
    >
      {icon}
      <p className="min-w-0 flex-1 py-1">{words}</p>
      {children}
    </div>
  )
}

import { Bookmark, Pencil, RotateCcw } from 'lucide-react'
import { memo, useState } from 'react'
import { Button, IconButton } from '#client/ui/button.tsx'
import { dayOf, timeOfDay } from '#client/ui/dates.ts'
import { MemoryEditor } from '#client/ui/memory/memory-editor.tsx'
import type { Message } from '#shared/chat.ts'
import { MessageActions } from './message-actions.tsx'
import { RememberedNotes } from './remembered-notes.tsx'
import { Siblings } from './siblings.tsx'
import type { TurnActions } from './turn-actions.ts'

interface UserMessageProps {
  message: Message
  siblings: readonly string[]
  /** Not yet known to be on the server. */
  pending: boolean
  running: boolean
  actions: TurnActions
}

/** What the person said, set in the face of what is remembered. */
export const UserMessage = memo(function UserMessage(props: UserMessageProps) {
  const { message, siblings, pending, running, actions } = props
  const [editing, setEditing] = useState(false)
  const failed = message.status === 'failed'
  return (
    <article aria-label="You" id={message.id} className="group/message scroll-mt-16">
      <div className="mb-1 flex min-h-8 items-center justify-between">
        <p className="text-ink-soft text-xs tabular-nums">
          <time dateTime={message.createdAt}>
            {dayOf(message.createdAt)}, {timeOfDay(message.createdAt)}
          </time>
          {message.authorName && ` · ${message.authorName}`}
          {pending && !failed && ' · on its way'}
        </p>
        {!editing && !pending && (
          <MessageActions text={message.text} always={false}>
            {!running && (
              <>
                <IconButton label="Edit and send again" onClick={() => setEditing(true)}>
                  <Pencil />
                </IconButton>
                <IconButton label="Remember this" onClick={() => actions.remember(message)}>
                  <Bookmark />
                </IconButton>
              </>
            )}
            <Siblings siblings={siblings} id={message.id} onShow={(id) => actions.show(message, id)} />
          </MessageActions>
        )}
      </div>
      {editing ? (
        <MemoryEditor
          label="Your message"
          text={message.text}
          save="Send"
          busy={running}
          onCancel={() => setEditing(false)}
          onSave={(text) => {
            setEditing(false)
            actions.edit(message, text)
          }}
        />
      ) : (
        <p dir="auto" className="whitespace-pre-wrap font-serif text-[1.3rem] leading-snug [overflow-wrap:anywhere]">
          {message.text}
        </p>
      )}
      {failed && (
        <div role="alert" className="mt-2 border-harm border-l-2 py-0.5 pl-3 text-sm">
          <p className="mb-2 text-harm">Not sent. {message.failure}</p>
          <Button onClick={() => actions.retry(message)}>
            <RotateCcw className="size-3.5" />
            Retry
          </Button>
          <Button look="quiet" onClick={() => actions.takeBack(message)}>
            Edit
          </Button>
        </div>
      )}
      <RememberedNotes message={message} />
    </article>
  )
})

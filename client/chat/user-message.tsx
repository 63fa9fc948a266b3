import { Pencil, RotateCcw } from 'lucide-react'
import { memo, useRef, useState } from 'react'
import { Button, IconButton } from '#client/ui/button.tsx'
import { dayOf, timeOfDay } from '#client/ui/dates.ts'
import type { Message } from '#shared/chat.ts'
import { useChat } from './chat-context.tsx'
import { MessageActions } from './message-actions.tsx'
import { editOf, MessageEditor } from './message-editor.tsx'
import { ConcealedNote, RememberButtons } from './remember-buttons.tsx'
import { RememberedNotes } from './remembered-notes.tsx'
import { Siblings } from './siblings.tsx'
import type { TurnActions } from './turn-actions.ts'

interface UserMessageProps {
  message: Message
  siblings: readonly string[]
  /** Not yet known to be on the server. */
  pending: boolean
  running: boolean
  temporary: boolean
  actions: TurnActions
}

/** What the person said, set in the face of what is remembered. */
export const UserMessage = memo(function UserMessage(props: UserMessageProps) {
  const { message, siblings, pending, running, temporary, actions } = props
  const { drafts } = useChat()
  const article = useRef<HTMLElement>(null)
  const [editing, setEditing] = useState(() => drafts.read(editOf(message.id)) !== '')
  const failed = message.status === 'failed'
  return (
    <article
      ref={article}
      aria-label="You"
      id={message.id}
      tabIndex={-1}
      className="rounded-one outline-offset-8 group/message scroll-mt-16"
    >
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
                <RememberButtons message={message} temporary={temporary} actions={actions} />
              </>
            )}
            <Siblings siblings={siblings} id={message.id} onShow={(id) => actions.show(message, id)} />
          </MessageActions>
        )}
      </div>
      {editing ? (
        <MessageEditor
          messageId={message.id}
          before={message.text}
          running={running}
          onSend={(text) => actions.edit(message, text)}
          onClose={() => {
            setEditing(false)
            article.current?.focus({ preventScroll: true })
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
      <ConcealedNote message={message} actions={actions} />
    </article>
  )
})

import { Bookmark, EyeOff } from 'lucide-react'
import { Button, IconButton } from '#client/ui/button.tsx'
import type { Message } from '#shared/chat.ts'
import type { TurnActions } from './turn-actions.ts'

interface OfMessage {
  message: Message
  actions: TurnActions
}

interface RememberButtonsProps extends OfMessage {
  /** Nothing of the chat is remembered by itself, so there is nothing to be kept from it. */
  temporary: boolean
}

/** To keep a message in mind, or out of it. */
export function RememberButtons({ message, temporary, actions }: RememberButtonsProps) {
  if (message.forgotten) return null
  return (
    <>
      <IconButton label="Remember this" onClick={() => actions.remember(message)}>
        <Bookmark />
      </IconButton>
      {!temporary && (
        <IconButton label="Do not remember this" onClick={() => actions.conceal(message)}>
          <EyeOff />
        </IconButton>
      )}
    </>
  )
}

/** Said of a message that stays in its chat alone. */
export function ConcealedNote({ message, actions }: OfMessage) {
  if (!message.forgotten) return null
  return (
    <p className="mt-2 flex items-center gap-2 text-ink-soft text-sm">
      <EyeOff className="size-4 shrink-0" aria-hidden="true" />
      In this chat alone: neither remembered nor found.
      <Button look="quiet" onClick={() => actions.conceal(message)}>
        Undo
      </Button>
    </p>
  )
}

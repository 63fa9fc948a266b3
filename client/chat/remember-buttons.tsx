import { Bookmark, EyeOff } from 'lucide-react'
import { Button, IconButton } from '#client/ui/button.tsx'
import type { Message } from '#shared/chat.ts'
import type { TurnActions } from './turn-actions.ts'

interface OfMessage {
  message: Message
  actions: TurnActions
}

/** To keep a message in mind, or out of it. */
export function RememberButtons({ message, actions }: OfMessage) {
  if (message.forgotten) return null
  return (
    <>
      <IconButton label="Remember this" onClick={() => actions.remember(message)}>
        <Bookmark />
      </IconButton>
      <IconButton label="Do not remember this" onClick={() => actions.conceal(message)}>
        <EyeOff />
      </IconButton>
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

import { type KeyboardEvent, useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { TEXT_LIMIT } from '#shared/limits.ts'
import { useChat } from './chat-context.tsx'
import { isComposing } from './keys.ts'
import { useSending } from './use-sending.ts'

interface MessageEditorProps {
  messageId: string
  /** The words as they were sent. */
  before: string
  running: boolean
  onSend: (text: string) => void
  onClose: () => void
}

/** Whose draft the new wording of a message is. */
export const editOf = (messageId: string) => `edit:${messageId}`

/** A message being worded anew. Like every draft, it is kept from the first key until it is sent or given up. */
export function MessageEditor({ messageId, before, running, onSend, onClose }: MessageEditorProps) {
  const { drafts } = useChat()
  const [text, setText] = useState(() => drafts.read(editOf(messageId)) || before)
  const sending = useSending(send)
  const sendable = !running && text.trim() !== '' && text.length <= TEXT_LIMIT && text !== before
  const close = () => {
    drafts.write(editOf(messageId), '')
    onClose()
  }
  function send() {
    if (!sendable) return
    onSend(text)
    close()
  }
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
    event.stopPropagation()
    close()
  }
  return (
    <form {...sending.form} onKeyDown={closeOnEscape}>
      <textarea
        aria-label="Your message, worded anew"
        // biome-ignore lint/a11y/noAutofocus: it opens in answer to a press on Edit
        autoFocus
        dir="auto"
        value={text}
        rows={2}
        onChange={(event) => {
          setText(event.target.value)
          drafts.write(editOf(messageId), event.target.value)
        }}
        {...sending.field}
        className="field-sizing-content max-h-[40dvh] w-full resize-none rounded-one border border-line-strong bg-paper-lift px-3 py-2 font-serif text-[1.3rem] leading-snug focus:border-verdigris focus:outline-none"
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" look="primary" disabled={!sendable}>
          Send
        </Button>
        <Button look="quiet" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

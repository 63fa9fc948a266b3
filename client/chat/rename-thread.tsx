import { type FormEvent, useState } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { ThreadSummary } from '#shared/chat.ts'
import { useThreadChanges } from './use-thread-changes.ts'

interface RenameThreadProps {
  thread: ThreadSummary
  onDone: () => void
  className?: string
}

/** The title of a chat, being written anew: Enter or leaving it keeps it, Escape does not. */
export function RenameThread({ thread, onDone, className }: RenameThreadProps) {
  const { rename } = useThreadChanges()
  const [text, setText] = useState(thread.title)
  const finish = (event?: FormEvent) => {
    event?.preventDefault()
    const title = text.trim()
    if (title !== '' && title !== thread.title) void rename(thread, title)
    onDone()
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
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        className={cx('w-full rounded-one border border-verdigris bg-paper-lift px-2.5 py-1.5', className)}
      />
    </form>
  )
}

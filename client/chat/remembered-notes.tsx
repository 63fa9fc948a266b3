import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { Coin } from '#client/ui/coin.tsx'
import { MemoryEditor } from '#client/ui/memory/memory-editor.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import type { Message, Remembered } from '#shared/chat.ts'

/** What became a memory from this message, or might: each can be undone, each proposal accepted, changed or declined. */
export function RememberedNotes({ message }: { message: Message }) {
  if (message.remembered.length === 0) return null
  return (
    <ul aria-label="Remembered from this message" className="mt-2 space-y-1">
      {message.remembered.map((memory) => (
        <li key={memory.id}>{memory.status === 'kept' ? <Kept memory={memory} /> : <Suggested memory={memory} />}</li>
      ))}
    </ul>
  )
}

function Kept({ memory }: { memory: Remembered }) {
  const { forget } = useMemoryActions()
  return (
    <div className="flex items-center gap-2 text-ink-soft text-sm">
      <Coin size={14} className="settles shrink-0 text-bronze" />
      <span className="min-w-0 truncate">
        Remembered: <span className="font-serif text-base italic">{memory.text}</span>
      </span>
      <Button look="quiet" disabled={forget.isPending} onClick={() => forget.mutate({ id: memory.id })}>
        Undo
      </Button>
    </div>
  )
}

function Suggested({ memory }: { memory: Remembered }) {
  const { approve, decline, edit } = useMemoryActions()
  const [editing, setEditing] = useState(false)
  const busy = approve.isPending || decline.isPending || edit.isPending
  if (editing) {
    return (
      <MemoryEditor
        label="The memory"
        text={memory.text}
        save="Keep"
        busy={busy}
        onCancel={() => setEditing(false)}
        onSave={(text) => edit.mutate({ id: memory.id, text }, { onSuccess: () => approve.mutate({ id: memory.id }) })}
      />
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-ink-soft text-sm">
      <Coin size={14} className="shrink-0" />
      <span>
        Remember <span className="font-serif text-base text-ink italic">{memory.text}</span>?
      </span>
      <span className="flex">
        <Button look="quiet" disabled={busy} onClick={() => approve.mutate({ id: memory.id })}>
          Keep
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => setEditing(true)}>
          Edit
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => decline.mutate({ id: memory.id })}>
          No
        </Button>
      </span>
    </div>
  )
}

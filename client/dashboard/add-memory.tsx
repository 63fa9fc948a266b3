import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Button } from '#client/ui/button.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import { MEMORY_LIMIT } from '#shared/limits.ts'

/** A fact, told directly. It leaves the field once the server has it. */
export function AddMemory() {
  const { add } = useMemoryActions()
  const [entry, setEntry] = useState({ id: uuid(), text: '' })
  const empty = entry.text.trim() === ''
  const save = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (empty || add.isPending) return
    add.mutate({ id: entry.id, text: entry.text.trim() }, { onSuccess: () => setEntry({ id: uuid(), text: '' }) })
  }
  return (
    <form onSubmit={save} className="flex flex-col">
      <label htmlFor="add-memory" className="font-serif text-xl">
        Tell me something to keep
      </label>
      <textarea
        id="add-memory"
        rows={2}
        maxLength={MEMORY_LIMIT}
        value={entry.text}
        onChange={(event) => setEntry({ ...entry, text: event.target.value })}
        onKeyDown={(event) => event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && save(event)}
        placeholder="I take the early train on Thursdays."
        className="field-sizing-content mt-2 block min-h-16 w-full grow resize-none rounded-one border border-line-strong bg-paper-lift px-3 py-2 font-serif text-lg leading-snug"
      />
      <div className="mt-2 flex items-center gap-3">
        <Button type="submit" look="primary" disabled={empty || add.isPending}>
          Remember
        </Button>
        <span role="status" className="text-ink-soft text-sm">
          {add.isSuccess && empty && (add.data.outcome === 'added' ? 'Kept.' : 'I knew that. It is stronger now.')}
        </span>
      </div>
    </form>
  )
}

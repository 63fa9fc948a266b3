import { type FormEvent, useState } from 'react'
import { Button } from '#client/ui/button.tsx'

interface MemoryEditorProps {
  label: string
  text: string
  save: string
  busy: boolean
  onSave: (text: string) => void
  onCancel: () => void
}

/** A memory's words, being corrected. */
export function MemoryEditor({ label, text: before, save, busy, onSave, onCancel }: MemoryEditorProps) {
  const [text, setText] = useState(before)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onSave(text.trim())
  }
  return (
    <form onSubmit={submit}>
      <textarea
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: it opens in answer to a press on Correct
        autoFocus
        value={text}
        rows={3}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onCancel()
        }}
        className="field-sizing-content w-full rounded-one border border-line-strong bg-paper-lift px-3 py-2 font-serif text-lg leading-snug"
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" look="primary" disabled={busy || text.trim() === '' || text.trim() === before}>
          {save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { MEMORY_LIMIT } from '#shared/limits.ts'

interface MemoryEditorProps {
  label: string
  text: string
  save: string
  busy: boolean
  /** Something else than the words was changed, in `children`. */
  changed?: boolean
  children?: ReactNode
  onSave: (text: string) => void
  onCancel: () => void
}

/** A memory's words, being corrected. */
export function MemoryEditor({
  label,
  text: before,
  save,
  busy,
  changed,
  children,
  onSave,
  onCancel,
}: MemoryEditorProps) {
  const [text, setText] = useState(before)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onSave(text.trim())
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onCancel()
      }}
    >
      <textarea
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: it opens in answer to a press on Correct
        autoFocus
        value={text}
        rows={3}
        maxLength={MEMORY_LIMIT}
        onChange={(event) => setText(event.target.value)}
        className="field-sizing-content w-full rounded-one border border-line-strong bg-paper-lift px-3 py-2 font-serif text-lg leading-snug"
      />
      {children}
      <div className="mt-3 flex gap-2">
        <Button
          type="submit"
          look="primary"
          disabled={busy || text.trim() === '' || (text.trim() === before && !changed)}
        >
          {save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

import { useId, useState } from 'react'
import { dateField, endOfDay } from '#client/ui/dates.ts'
import type { Memory } from '#shared/memory.ts'
import { MemoryEditor } from './memory-editor.tsx'
import { tagsOf } from './tags.ts'
import { useMemoryActions } from './use-memory-actions.ts'

interface MemoryFormProps {
  memory: Memory
  onDone: () => void
}

/** All of a memory that a person can change. */
export function MemoryForm({ memory, onDone }: MemoryFormProps) {
  const { id } = memory
  const { edit } = useMemoryActions()
  const before = { kind: memory.kind, tags: memory.tags.join(', '), until: dateField(memory.expiresAt) }
  const [fields, setFields] = useState(before)
  const form = useId()
  const set = (changes: Partial<typeof fields>) => setFields({ ...fields, ...changes })
  const changed = JSON.stringify(fields) !== JSON.stringify(before)
  const save = (text: string) =>
    edit.mutate(
      {
        id,
        text,
        kind: fields.kind.trim() || undefined,
        tags: tagsOf(fields.tags),
        ...(fields.until === before.until ? {} : { expiresAt: fields.until ? endOfDay(fields.until) : null }),
      },
      { onSuccess: onDone },
    )
  const field = 'touch mt-1 block w-full rounded-one border border-line-strong bg-paper-lift px-3 py-1.5'
  return (
    <MemoryEditor
      label="The memory"
      text={memory.text}
      save="Save"
      busy={edit.isPending}
      changed={changed}
      onCancel={onDone}
      onSave={save}
    >
      <div className="mt-3 grid gap-3 text-ink-soft text-sm">
        <label htmlFor={`${form}kind`}>
          Kind
          <input
            id={`${form}kind`}
            value={fields.kind}
            maxLength={40}
            onChange={({ target }) => set({ kind: target.value })}
            className={`${field} text-ink`}
          />
        </label>
        <label htmlFor={`${form}tags`}>
          Tags, with commas between
          <input
            id={`${form}tags`}
            value={fields.tags}
            maxLength={1_000}
            onChange={({ target }) => set({ tags: target.value })}
            className={`${field} text-ink`}
          />
        </label>
        <label htmlFor={`${form}until`}>
          Holds until the end of (empty: as long as you want)
          <input
            id={`${form}until`}
            type="date"
            value={fields.until}
            onChange={({ target }) => set({ until: target.value })}
            className={`${field} max-w-48 text-ink`}
          />
        </label>
      </div>
    </MemoryEditor>
  )
}

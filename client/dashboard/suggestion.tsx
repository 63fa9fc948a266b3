import { useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { dayOf } from '#client/ui/dates.ts'
import { MemoryEditor } from '#client/ui/memory/memory-editor.tsx'
import { SourceLink } from '#client/ui/memory/source-link.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import type { Memory } from '#shared/memory.ts'

interface SuggestionProps {
  memory: Memory
  /** It leaves the list, and whatever had the focus with it. */
  onJudged: () => void
}

/** One proposal, where it comes from, and the three answers to it. */
export function Suggestion({ memory, onJudged }: SuggestionProps) {
  const { id, source } = memory
  const { approve, decline, edit } = useMemoryActions()
  const [editing, setEditing] = useState(false)
  const busy = approve.isPending || decline.isPending || edit.isPending
  const judged = { onSuccess: onJudged }
  if (editing) {
    return (
      <MemoryEditor
        label="The memory"
        text={memory.text}
        save="Keep"
        busy={busy}
        onCancel={() => setEditing(false)}
        onSave={(text) => edit.mutate({ id, text }, { onSuccess: () => approve.mutate({ id }, judged) })}
      />
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-80">
        <p dir="auto" className="font-serif text-lg leading-snug [overflow-wrap:anywhere]">
          {memory.text}
        </p>
        <p className="mt-0.5 text-ink-soft text-xs">
          {memory.origin === 'model' ? 'The model drew this from what you said' : 'You said it'} on{' '}
          {dayOf(memory.validFrom)}
          {source && (
            <>
              {' in '}
              <SourceLink source={source} />
            </>
          )}
        </p>
      </div>
      <div className="flex gap-1">
        <Button disabled={busy} onClick={() => approve.mutate({ id }, judged)}>
          Keep
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => setEditing(true)}>
          Edit
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => decline.mutate({ id }, judged)}>
          No
        </Button>
      </div>
    </div>
  )
}

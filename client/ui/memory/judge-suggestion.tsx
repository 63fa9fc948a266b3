import { type ReactNode, useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { MemoryEditor } from './memory-editor.tsx'
import { useMemoryActions } from './use-memory-actions.ts'

interface JudgeSuggestionProps {
  suggestion: { id: string; text: string }
  /** It leaves its list, and whatever had the focus with it. */
  onJudged?: () => void
  className?: string
  /** How the proposal is worded. */
  children: ReactNode
}

/** The three answers to what is proposed to be remembered; a change of its words is an acceptance too. */
export function JudgeSuggestion({ suggestion: { id, text }, onJudged, className, children }: JudgeSuggestionProps) {
  const { approve, decline, edit } = useMemoryActions()
  const [editing, setEditing] = useState(false)
  const busy = approve.isPending || decline.isPending || edit.isPending
  const judged = { onSuccess: onJudged }
  const keep = () => approve.mutate({ id }, judged)
  if (editing) {
    return (
      <MemoryEditor
        label="The memory"
        text={text}
        save="Keep"
        busy={busy}
        onCancel={() => setEditing(false)}
        onSave={(text) => edit.mutate({ id, text }, { onSuccess: keep })}
      />
    )
  }
  return (
    <div className={cx('flex flex-wrap items-center', className)}>
      {children}
      <span className="flex gap-1">
        <Button disabled={busy} onClick={keep}>
          Keep
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => setEditing(true)}>
          Edit
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => decline.mutate({ id }, judged)}>
          No
        </Button>
      </span>
    </div>
  )
}

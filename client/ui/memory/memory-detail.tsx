import { useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { AskTwice } from '#client/ui/ask-twice.tsx'
import { Button } from '#client/ui/button.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { MemoryEditor } from './memory-editor.tsx'
import { MemoryFacts } from './memory-facts.tsx'
import { useMemoryActions } from './use-memory-actions.ts'

interface MemoryDetailProps {
  id: string
  /** After it was forgotten there is nothing left to show. */
  onGone: () => void
}

/** One memory, opened: what it says, how it came to be, and the two ways to change that. */
export function MemoryDetail({ id, onGone }: MemoryDetailProps) {
  const query = trpc.memory.get.useQuery({ id })
  const { edit, forget } = useMemoryActions()
  const [editing, setEditing] = useState(false)
  const late = useDelayed(query.isPending)

  if (query.isError) {
    return <Trouble what="This memory could not be opened." why={query.error.message} onRetry={query.refetch} />
  }
  if (query.isPending) return <div className={late ? 'waits h-28 rounded-one bg-paper-deep' : 'h-28'} />

  const { memory } = query.data
  if (editing) {
    return (
      <MemoryEditor
        label="The memory"
        text={memory.text}
        save="Save"
        busy={edit.isPending}
        onCancel={() => setEditing(false)}
        onSave={(text) => edit.mutate({ id, text }, { onSuccess: () => setEditing(false) })}
      />
    )
  }
  return (
    <div>
      <p className="font-serif text-xl leading-snug">{memory.text}</p>
      <MemoryFacts history={query.data} />
      <div className="mt-4 flex gap-2">
        <Button onClick={() => setEditing(true)}>Correct</Button>
        <AskTwice
          label="Forget"
          again="Really forget it?"
          disabled={forget.isPending}
          onConfirm={() => forget.mutate({ id }, { onSuccess: onGone })}
        />
      </div>
    </div>
  )
}

import { useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { MemoryEditor } from '#client/ui/memory/memory-editor.tsx'
import { SourceLink } from '#client/ui/memory/source-link.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import type { Memory } from '#shared/memory.ts'

/** What Moneta noticed and asks about before keeping it. */
export function Suggestions({ count }: { count: number }) {
  const list = trpc.memory.list.useQuery({ status: 'suggested', limit: 20 }, { enabled: count > 0 })
  const memories = list.data?.memories ?? []
  if (count === 0 || memories.length === 0) return null
  return (
    <section aria-labelledby="suggestions" className="mt-8 border-bronze border-l-2 pl-5">
      <h2 id="suggestions" className="font-serif text-xl">
        Shall I remember {memories.length === 1 ? 'this' : 'these'}?
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {memories.map((memory) => (
          <li key={memory.id} className="py-3">
            <Suggestion memory={memory} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Suggestion({ memory }: { memory: Memory }) {
  const { id } = memory
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
        onSave={(text) => edit.mutate({ id, text }, { onSuccess: () => approve.mutate({ id }) })}
      />
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-serif text-lg leading-snug">{memory.text}</p>
        {memory.source && (
          <p className="mt-0.5 text-ink-soft text-xs">
            from <SourceLink source={memory.source} />
          </p>
        )}
      </div>
      <div className="flex gap-1">
        <Button disabled={busy} onClick={() => approve.mutate({ id })}>
          Keep
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => setEditing(true)}>
          Edit
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => decline.mutate({ id })}>
          No
        </Button>
      </div>
    </div>
  )
}

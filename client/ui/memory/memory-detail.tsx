import { useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { MemoryFacts } from './memory-facts.tsx'
import { MemoryForm } from './memory-form.tsx'
import { MemoryPast } from './memory-past.tsx'
import { MemoryUses } from './memory-uses.tsx'
import { WhatToDo } from './what-to-do.tsx'

interface MemoryDetailProps {
  id: string
  /** After it was forgotten there is nothing left to show. */
  onGone: () => void
}

/** One memory, opened: what it says, how it came to be, where it was used, and the ways to change that. */
export function MemoryDetail({ id, onGone }: MemoryDetailProps) {
  const query = trpc.memory.get.useQuery({ id })
  const [editing, setEditing] = useState(false)
  const late = useDelayed(query.isPending)

  if (query.isError) {
    return <Trouble what="This memory could not be opened." why={query.error.message} onRetry={query.refetch} />
  }
  if (query.isPending) {
    return (
      <div role="status" aria-label="Opening the memory" className={late ? 'waits' : 'invisible'}>
        <div className="h-6 w-11/12 rounded-one bg-paper-deep" />
        <div className="mt-6 h-28 rounded-one bg-paper-deep" />
      </div>
    )
  }
  const { memory, sources, usedBy } = query.data
  if (editing) return <MemoryForm memory={memory} onDone={() => setEditing(false)} />
  return (
    <div>
      <p dir="auto" className="font-serif text-xl leading-snug [overflow-wrap:anywhere]">
        {memory.text}
      </p>
      <WhatToDo history={query.data} onEdit={() => setEditing(true)} onGone={onGone} />
      <MemoryFacts memory={memory} sources={sources} onGone={onGone} />
      <MemoryPast history={query.data} />
      <MemoryUses usedBy={usedBy} />
    </div>
  )
}

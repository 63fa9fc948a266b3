import { AskTwice } from '#client/ui/ask-twice.tsx'
import { Button } from '#client/ui/button.tsx'
import type { MemoryHistory } from '#shared/memory.ts'
import { MemoryLink } from './memory-link.tsx'
import { useMemoryActions } from './use-memory-actions.ts'

interface WhatToDoProps {
  history: MemoryHistory
  onEdit: () => void
  onGone: () => void
}

/** A memory that holds can be corrected and forgotten; one that was replaced can be brought back; a suggestion is judged. */
export function WhatToDo({ history: { memory, supersededBy }, onEdit, onGone }: WhatToDoProps) {
  const { id } = memory
  const { approve, decline, forget, restore } = useMemoryActions()
  const busy = approve.isPending || decline.isPending || forget.isPending || restore.isPending
  const [successor] = supersededBy
  const replaced = memory.status === 'superseded'
  const suggested = memory.status === 'suggested'
  return (
    <>
      {replaced && (
        <p className="mt-3 border-bronze border-l-2 pl-3 text-sm">
          This no longer holds.
          {successor && (
            <>
              {' '}
              In its place: <MemoryLink memory={successor} />
            </>
          )}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {replaced && (
          <Button disabled={busy} onClick={() => restore.mutate({ id })}>
            It holds again
          </Button>
        )}
        {suggested && (
          <Button look="primary" disabled={busy} onClick={() => approve.mutate({ id })}>
            Keep
          </Button>
        )}
        {!replaced && (
          <Button disabled={busy} onClick={onEdit}>
            Correct
          </Button>
        )}
        {suggested ? (
          <Button look="quiet" disabled={busy} onClick={() => decline.mutate({ id }, { onSuccess: onGone })}>
            No
          </Button>
        ) : (
          <AskTwice
            label="Forget"
            again="Really forget it?"
            disabled={busy}
            onConfirm={() => forget.mutate({ id }, { onSuccess: onGone })}
          />
        )}
      </div>
    </>
  )
}

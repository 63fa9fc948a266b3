import { Button } from '#client/ui/button.tsx'
import { Coin } from '#client/ui/coin.tsx'
import { JudgeSuggestion } from '#client/ui/memory/judge-suggestion.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import type { Message, Remembered } from '#shared/chat.ts'

/** What became a memory from this message, or might: each can be undone, each proposal accepted, changed or declined. */
export function RememberedNotes({ message }: { message: Message }) {
  if (message.remembered.length === 0) return null
  return (
    <ul aria-label="Remembered from this message" className="mt-2 space-y-1">
      {message.remembered.map((memory) => (
        <li key={memory.id}>{memory.status === 'kept' ? <Kept memory={memory} /> : <Suggested memory={memory} />}</li>
      ))}
    </ul>
  )
}

function Kept({ memory }: { memory: Remembered }) {
  const { forget } = useMemoryActions()
  return (
    <div className="flex items-center gap-2 text-ink-soft text-sm">
      <Coin size={14} className="settles shrink-0 text-bronze" />
      <span className="min-w-0 truncate">
        Remembered: <span className="font-serif text-base italic">{memory.text}</span>
      </span>
      <Button look="quiet" disabled={forget.isPending} onClick={() => forget.mutate({ id: memory.id })}>
        Undo
      </Button>
    </div>
  )
}

function Suggested({ memory }: { memory: Remembered }) {
  return (
    <JudgeSuggestion suggestion={memory} className="gap-x-2 text-ink-soft text-sm">
      <Coin size={14} className="shrink-0" />
      <span>
        Remember <span className="font-serif text-base text-ink italic">{memory.text}</span>?
      </span>
    </JudgeSuggestion>
  )
}

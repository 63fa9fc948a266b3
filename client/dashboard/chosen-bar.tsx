import { AskTwice } from '#client/ui/ask-twice.tsx'
import { Button } from '#client/ui/button.tsx'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'

interface ChosenBarProps {
  chosen: string[]
  /** How many there are to choose from. */
  shown: number
  onAll: () => void
  onNone: () => void
  onDone: () => void
}

/** What can be done with several memories at once. */
export function ChosenBar({ chosen, shown, onAll, onNone, onDone }: ChosenBarProps) {
  const { forgetMany } = useMemoryActions()
  const all = chosen.length === shown
  return (
    <fieldset
      aria-label="Chosen memories"
      className="sticky top-0 z-10 -mx-2 flex flex-wrap items-center gap-1 border-line border-b bg-paper px-2 py-1.5"
    >
      <span role="status" className="mr-auto text-sm tabular-nums">
        {chosen.length === 0 ? 'Choose memories' : `${chosen.length} chosen`}
      </span>
      <Button look="quiet" onClick={all ? onNone : onAll}>
        {all ? 'None' : `All ${shown} shown`}
      </Button>
      <AskTwice
        label="Forget"
        again={`Forget ${chosen.length === 1 ? 'it' : `all ${chosen.length}`}?`}
        disabled={chosen.length === 0 || forgetMany.isPending}
        onConfirm={() => forgetMany.mutate({ ids: chosen }, { onSuccess: onDone })}
      />
      <Button look="quiet" onClick={onDone}>
        Done
      </Button>
    </fieldset>
  )
}

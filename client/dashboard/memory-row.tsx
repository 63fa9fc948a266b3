import { dayOf } from '#client/ui/dates.ts'
import { Strength } from '#client/ui/memory/strength.tsx'
import type { Memory } from '#shared/memory.ts'
import { pointing } from './pointing.ts'

interface MemoryRowProps {
  memory: Memory
  onOpen: (id: string) => void
  /** Which one the pointer or the focus is on. */
  onPoint: (id: string | null) => void
  /** Given while several are being chosen: a press then chooses instead of opening. */
  choice?: { chosen: boolean; toggle: (id: string) => void }
}

/** One memory in a list: what it says, how strong it is, since when and from where. */
export function MemoryRow({ memory, onOpen, onPoint, choice }: MemoryRowProps) {
  const words = (
    <>
      <span className="line-clamp-3 font-serif text-lg leading-snug">{memory.text}</span>
      <span className="mt-1 flex flex-wrap items-center gap-x-2.5 text-ink-soft text-xs">
        <Strength value={memory.strength} />
        {dayOf(memory.createdAt)}
        {memory.source && <span className="truncate">{memory.source.threadTitle || 'Untitled chat'}</span>}
      </span>
    </>
  )
  if (choice) {
    return (
      <label className="touch flex cursor-pointer items-start gap-3 py-3.5 hover:text-verdigris">
        <input
          type="checkbox"
          checked={choice.chosen}
          onChange={() => choice.toggle(memory.id)}
          className="mt-1 size-4.5 shrink-0 accent-verdigris"
        />
        <span className="min-w-0">{words}</span>
      </label>
    )
  }
  return (
    <button
      type="button"
      {...pointing(memory.id, onPoint)}
      onClick={() => onOpen(memory.id)}
      className="touch block w-full py-3.5 text-left hover:text-verdigris"
    >
      {words}
    </button>
  )
}

import { dayOf } from '#client/ui/dates.ts'
import type { MemoryHistory } from '#shared/memory.ts'
import { MemoryLink } from './memory-link.tsx'
import { pastOf } from './past.ts'

/** What a memory said before, and what it took the place of: each with the days it held. */
export function MemoryPast({ history }: { history: MemoryHistory }) {
  const past = pastOf(history)
  if (past.length === 0) return null
  return (
    <section aria-labelledby="past" className="mt-6">
      <h3 id="past" className="font-serif text-lg">
        Before that
      </h3>
      <ol className="mt-1 border-line border-l">
        {past.map(({ key, text, memory, from, to, how }) => (
          <li key={key} className="py-1.5 pl-4 text-sm">
            {memory ? <MemoryLink memory={memory} /> : <span className="font-serif text-base">{text}</span>}
            <span className="block text-ink-soft text-xs">
              {dayOf(from)}
              {to && ` to ${dayOf(to)}`}, {how}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

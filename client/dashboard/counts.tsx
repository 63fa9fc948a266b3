import type { MemoryOverview } from '#shared/memory.ts'

const shown = [
  ['memories', 'memory', 'memories'],
  ['chats', 'chat', 'chats'],
  ['messages', 'message', 'messages'],
  ['daysActive', 'day active', 'days active'],
] as const

/** The figures, the same size before and after they come. */
export function Counts({ overview }: { overview: MemoryOverview | undefined }) {
  return (
    <dl className="mt-5 grid grid-cols-4 border-line border-y md:mt-6" aria-busy={!overview}>
      {shown.map(([key, one, many]) => (
        <div
          key={key}
          className="flex flex-col-reverse border-line border-r py-3 pl-3 first:pl-0 last:border-r-0 md:py-4 md:pl-5"
        >
          <dt className="mt-0.5 text-ink-soft text-xs sm:text-sm">{overview?.[key] === 1 ? one : many}</dt>
          <dd className="font-serif text-2xl tabular-nums lining-nums sm:text-4xl">
            {overview ? overview[key].toLocaleString() : <span className="waits text-line-strong">·</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

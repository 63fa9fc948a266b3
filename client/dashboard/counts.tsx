import type { MemoryOverview } from '#shared/memory.ts'

const shown = [
  ['memories', 'memories'],
  ['chats', 'chats'],
  ['messages', 'messages'],
  ['daysActive', 'days active'],
] as const

/** The figures, the same size before and after they come. */
export function Counts({ overview }: { overview: MemoryOverview | undefined }) {
  return (
    <dl className="mt-6 grid grid-cols-2 border-line border-y sm:grid-cols-4" aria-busy={!overview}>
      {shown.map(([key, name]) => (
        <div
          key={key}
          className="border-line py-4 odd:border-r odd:pr-4 even:pl-5 sm:border-r sm:pl-5 sm:first:pl-0 sm:last:border-r-0"
        >
          <dd className="font-serif text-4xl tabular-nums lining-nums">
            {overview ? overview[key].toLocaleString() : <span className="waits text-line-strong">·</span>}
          </dd>
          <dt className="mt-0.5 text-ink-soft text-sm">{name}</dt>
        </div>
      ))}
    </dl>
  )
}

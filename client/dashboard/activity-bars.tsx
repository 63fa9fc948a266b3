import type { ActivityDay } from '#shared/memory.ts'
import { ceiling } from './ceiling.ts'

/** Two bars a day on one scale, with its top and its middle ruled. */
export function ActivityBars({ activity }: { activity: ActivityDay[] }) {
  const top = ceiling(Math.max(0, ...activity.map((day) => Math.max(day.messages, day.memories))))
  const bar = activity.length > 100 ? 0.5 : 0.34
  const days = { first: activity[0]?.day, last: activity.at(-1)?.day }
  return (
    <div
      aria-hidden="true"
      className="grid h-full grid-cols-[auto_1fr] grid-rows-[minmax(0,1fr)_auto] gap-x-2 text-ink-soft text-xs"
    >
      <div className="flex flex-col justify-between text-right leading-none tabular-nums">
        {[top, top / 2, 0].map((value) => (
          <span key={value}>{value}</span>
        ))}
      </div>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${activity.length} ${top}`}
        preserveAspectRatio="none"
        className="my-[0.375rem] h-[calc(100%-0.75rem)] w-full overflow-visible"
      >
        {[0, top / 2, top].map((value) => (
          <line
            key={value}
            x2={activity.length}
            y1={top - value}
            y2={top - value}
            vectorEffect="non-scaling-stroke"
            className="stroke-line"
          />
        ))}
        {activity.map(({ day, messages, memories }, index) => (
          <g key={day} transform={`translate(${index + 0.5} 0)`}>
            <title>{`${dayName(day)}: ${messages} messages, ${memories} memories`}</title>
            <rect x={-bar} y={top - messages} width={bar} height={messages} className="fill-line-strong" />
            <rect y={top - memories} width={bar} height={memories} className="fill-verdigris" />
          </g>
        ))}
      </svg>
      <div className="col-start-2 mt-1 flex justify-between">
        <span>{days.first && dayName(days.first)}</span>
        <span>{days.last && dayName(days.last)}</span>
      </div>
    </div>
  )
}

/** A day as it stands in its own time zone, not in the browser's. */
function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

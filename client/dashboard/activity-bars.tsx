import type { ActivityDay } from '#shared/memory.ts'
import { ceiling } from './ceiling.ts'

const WIDTH = 480
const HEIGHT = 144
const BOTTOM = 18
const LEFT = 26

/** Two bars a day on one scale, with its top and its middle ruled. */
export function ActivityBars({ activity }: { activity: ActivityDay[] }) {
  const top = ceiling(Math.max(...activity.map((day) => Math.max(day.messages, day.memories))))
  const step = (WIDTH - LEFT) / Math.max(1, activity.length)
  const bar = Math.max(1, Math.min(12, step * 0.36))
  const height = (value: number) => ((HEIGHT - BOTTOM - 8) * value) / top
  const base = HEIGHT - BOTTOM
  const first = activity[0]?.day
  const last = activity.at(-1)?.day
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="size-full overflow-visible"
      aria-hidden="true"
    >
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={base - height(value)} y2={base - height(value)} className="stroke-line" />
          <text
            x={LEFT - 6}
            y={base - height(value) + 3.5}
            textAnchor="end"
            className="fill-ink-soft text-[10px] tabular-nums"
          >
            {Number.isInteger(value) ? value : ''}
          </text>
        </g>
      ))}
      {activity.map(({ day, messages, memories }, index) => {
        const middle = LEFT + (index + 0.5) * step
        return (
          <g key={day}>
            <title>{`${day}: ${messages} messages, ${memories} memories`}</title>
            <rect
              x={middle - bar}
              y={base - height(messages)}
              width={bar}
              height={height(messages)}
              className="fill-line-strong"
            />
            <rect
              x={middle}
              y={base - height(memories)}
              width={bar}
              height={height(memories)}
              className="fill-verdigris"
            />
          </g>
        )
      })}
      <text x={LEFT} y={HEIGHT - 3} className="fill-ink-soft text-[10px]">
        {first && label(first)}
      </text>
      <text x={WIDTH} y={HEIGHT - 3} textAnchor="end" className="fill-ink-soft text-[10px]">
        {last && label(last)}
      </text>
    </svg>
  )
}

/** A day as it stands in its own time zone, not in the browser's. */
function label(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

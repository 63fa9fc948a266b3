import type { ActivityDay } from '#shared/memory.ts'
import { ActivityBars } from './activity-bars.tsx'
import { ActivityTable } from './activity-table.tsx'
import { periods } from './filters.ts'

interface ActivityProps {
  days: number
  activity: ActivityDay[] | undefined
  onDays: (days: (typeof periods)[number]) => void
}

const names = { 7: 'Week', 30: 'Month', 90: 'Quarter', 365: 'Year' }

/** Messages and memories a day: a picture for the eye, the same numbers as a table for the ear. */
export function Activity({ days, activity, onDays }: ActivityProps) {
  return (
    <section aria-labelledby="activity">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="activity" className="font-serif text-xl">
          Activity
        </h2>
        <fieldset aria-label="Period" className="flex text-sm">
          {periods.map((period) => (
            <button
              key={period}
              type="button"
              aria-pressed={days === period}
              onClick={() => onDays(period)}
              className="touch px-2 py-1 text-ink-soft aria-pressed:text-verdigris aria-pressed:underline aria-pressed:underline-offset-4"
            >
              {names[period]}
            </button>
          ))}
        </fieldset>
      </div>
      <p className="mt-1 flex gap-4 text-ink-soft text-xs">
        <span>
          <span aria-hidden="true" className="mr-1.5 inline-block size-2 bg-line-strong" />
          messages a day
        </span>
        <span>
          <span aria-hidden="true" className="mr-1.5 inline-block size-2 bg-verdigris" />
          memories a day
        </span>
      </p>
      <div className="mt-3 h-36">
        {activity ? <ActivityBars activity={activity} /> : <div className="waits h-full bg-paper-deep" />}
      </div>
      {activity && <ActivityTable activity={activity} />}
    </section>
  )
}

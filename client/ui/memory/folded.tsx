import { type ReactNode, useState } from 'react'

const SHOWN = 3

/** A list of which only the beginning is shown until more is asked for. */
export function Folded({ each }: { each: ReactNode[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? each : each.slice(0, SHOWN)
  return (
    <ul className="space-y-1">
      {shown.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is only ever cut at its end
        <li key={index}>{one}</li>
      ))}
      {shown.length < each.length && (
        <li>
          <button
            type="button"
            onClick={() => setAll(true)}
            className="touch text-ink-soft underline underline-offset-2 hover:text-ink"
          >
            {each.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  )
}

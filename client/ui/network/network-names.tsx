import { cx } from '#client/ui/cx.ts'
import type { Label } from './labels.ts'

interface NetworkNamesProps {
  names: Label[]
  reasons: Label[]
  lit: ReadonlySet<string>
  /** The size of a CSS pixel in the picture's units. */
  unit: number
}

/** What stands beside the coins, and along the lines of the one that is looked at. */
export function NetworkNames({ names, reasons, lit, unit }: NetworkNamesProps) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: text in SVG takes no focus
    <g aria-hidden="true" textAnchor="middle" className="pointer-events-none">
      {reasons.map(({ id, text, x, y }) => (
        <text
          key={id}
          {...{ x, y }}
          paintOrder="stroke"
          strokeWidth={4 * unit}
          fontSize={11 * unit}
          strokeLinejoin="round"
          className="fill-ink-soft stroke-paper"
        >
          {text}
        </text>
      ))}
      {names.map(({ id, text, x, y }) => (
        <text
          key={id}
          {...{ x, y }}
          paintOrder="stroke"
          strokeWidth={4 * unit}
          fontSize={12.5 * unit}
          strokeLinejoin="round"
          className={cx('stroke-paper font-serif', lit.has(id) ? 'fill-verdigris' : 'fill-ink')}
        >
          {text}
        </text>
      ))}
    </g>
  )
}

import { type KeyboardEvent, memo } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { NetworkNode } from '#shared/memory.ts'
import { type Point, radius } from './layout.ts'

interface NetworkMarkProps {
  node: NetworkNode
  point: Point
  /** Why it is linked with others, in a few words. */
  links: string
  lit: boolean
  dim: boolean
  selected: boolean
  tabIndex: number
  onCurrent: (id: string | null) => void
  onSelect: (id: string) => void
  onKeyDown: (event: KeyboardEvent, id: string) => void
}

/** One memory as a coin, the larger the stronger. */
export const NetworkMark = memo(function NetworkMark(props: NetworkMarkProps) {
  const { node, point, lit, selected } = props
  const r = radius(node.strength)
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own
    <g
      role="button"
      data-id={node.id}
      tabIndex={props.tabIndex}
      aria-label={markName(node, props.links)}
      aria-pressed={selected}
      transform={`translate(${point.x} ${point.y})`}
      onClick={() => props.onSelect(node.id)}
      onFocus={() => props.onCurrent(node.id)}
      onBlur={() => props.onCurrent(null)}
      onPointerEnter={() => props.onCurrent(node.id)}
      onPointerLeave={() => props.onCurrent(null)}
      onKeyDown={(event) => props.onKeyDown(event, node.id)}
      className={cx('group/coin cursor-pointer outline-none transition-opacity', props.dim && 'opacity-15')}
    >
      <g className="settles">
        {lit && <circle r={r + 5} className="waits fill-none stroke-verdigris" strokeWidth="2" opacity="0.5" />}
        <circle
          r={r}
          strokeWidth={selected ? 3 : 1.6}
          strokeDasharray={node.status === 'superseded' ? '3 2' : undefined}
          className={cx(
            lit || selected ? 'fill-verdigris-wash stroke-verdigris' : 'fill-bronze-wash stroke-bronze',
            'group-focus-visible/coin:stroke-verdigris group-focus-visible/coin:stroke-4',
          )}
        />
        <circle
          r={r * 0.55}
          strokeWidth="1"
          className={cx('fill-none', lit || selected ? 'stroke-verdigris' : 'stroke-bronze')}
        />
      </g>
    </g>
  )
})

function markName({ text, status, strength }: NetworkNode, links: string): string {
  const history = status === 'superseded' ? ' Replaced since.' : ''
  return `${text}.${history} Strength ${Math.round(strength)}. ${links ? `Linked by ${links}.` : 'Not linked yet.'}`
}

import { type KeyboardEvent, memo } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { NetworkNode } from '#shared/memory.ts'
import { type Point, radius } from './layout.ts'

interface NetworkMarkProps {
  node: NetworkNode
  point: Point
  links: number
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
      aria-label={`${node.text}. Strength ${Math.round(node.strength)}, ${props.links} links.`}
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

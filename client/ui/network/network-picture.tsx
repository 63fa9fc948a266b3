import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { Network } from '#shared/memory.ts'
import { labelOf, nameAll, placeLabels } from './labels.ts'
import { type Point, settle } from './layout.ts'
import { type Direction, inDirection, neighbours } from './neighbours.ts'
import { NetworkEdges } from './network-edges.tsx'
import { NetworkMark } from './network-mark.tsx'
import { type Frame, usePixel } from './use-pixel.ts'

interface NetworkPictureProps {
  network: Network
  /** Memories that a reply used: they glow along their edges. */
  lit: ReadonlySet<string>
  /** Null: none is sought. Otherwise all but these are dimmed. */
  sought: ReadonlySet<string> | null
  selected: string | null
  onSelect: (id: string) => void
}

const arrows = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])

/** The memories as coins on paper. One of them is in the tab order; the arrow keys go from each to its neighbours. */
export default function NetworkPicture({ network, lit, sought, selected, onSelect }: NetworkPictureProps) {
  const svg = useRef<SVGSVGElement>(null)
  const before = useRef<ReadonlyMap<string, Point>>(new Map())
  const points = useMemo(() => {
    before.current = settle(network, before.current)
    return before.current
  }, [network])
  const linked = useMemo(() => neighbours(network), [network])
  const view = useMemo(() => frame(points), [points])
  const unit = usePixel(svg, view)
  const strongest = useMemo(() => [...network.nodes].sort((a, b) => b.strength - a.strength), [network])
  const [current, setCurrent] = useState<string | null>(null)
  const inTabOrder = current && points.has(current) ? current : (selected ?? network.nodes[0]?.id)

  const labels = useMemo(() => {
    if (current)
      return strongest.flatMap((node) => (node.id === current ? (labelOf(node, points, view, unit) ?? []) : []))
    if (lit.size > 0)
      return nameAll(
        strongest.filter((node) => lit.has(node.id)),
        strongest,
        points,
        view,
        unit,
      )
    return placeLabels(strongest, strongest, points, view, unit).filter((label) => !sought || sought.has(label.id))
  }, [current, lit, sought, strongest, points, view, unit])

  const move = (event: KeyboardEvent, from: string) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onSelect(from)
    }
    if (!arrows.has(event.key)) return
    event.preventDefault()
    const to = inDirection(from, event.key as Direction, points, linked.get(from) ?? new Set())
    if (to) svg.current?.querySelector<SVGGElement>(`[data-id="${to}"]`)?.focus()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset
    <svg
      ref={svg}
      viewBox={`${view.left} ${view.top} ${view.width} ${view.height}`}
      className="size-full select-none"
      role="group"
      aria-label={`${network.nodes.length} memories and how they are linked. Arrow keys go from one to the next.`}
    >
      <NetworkEdges edges={network.edges} points={points} lit={lit} current={current} sought={sought} />
      {network.nodes.map((node) => {
        const point = points.get(node.id)
        if (!point) return null
        return (
          <NetworkMark
            key={node.id}
            node={node}
            point={point}
            links={linked.get(node.id)?.size ?? 0}
            lit={lit.has(node.id)}
            dim={sought !== null && !sought.has(node.id)}
            selected={selected === node.id}
            tabIndex={node.id === inTabOrder ? 0 : -1}
            onCurrent={setCurrent}
            onSelect={onSelect}
            onKeyDown={move}
          />
        )
      })}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: text in SVG takes no focus */}
      <g aria-hidden="true">
        {labels.map((label) => (
          <text
            key={label.id}
            x={label.x}
            y={label.y}
            textAnchor="middle"
            paintOrder="stroke"
            strokeWidth={4 * unit}
            fontSize={12.5 * unit}
            strokeLinejoin="round"
            className={cx(
              'pointer-events-none stroke-paper font-serif',
              lit.has(label.id) ? 'fill-verdigris' : 'fill-ink',
            )}
          >
            {label.text}
          </text>
        ))}
      </g>
    </svg>
  )
}

/** The part of the plane that holds every coin and its label. */
function frame(points: ReadonlyMap<string, Point>): Frame {
  const xs = [...points.values()].map((point) => point.x)
  const ys = [...points.values()].map((point) => point.y)
  const [left, top] = [Math.min(-80, ...xs) - 50, Math.min(-60, ...ys) - 26]
  return { left, top, width: Math.max(80, ...xs) + 50 - left, height: Math.max(60, ...ys) + 44 - top }
}

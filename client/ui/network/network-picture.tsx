import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { Network } from '#shared/memory.ts'
import { type Label, nameAll, nameAround, placeLabels, reasonLabels } from './labels.ts'
import { type Point, settle } from './layout.ts'
import { type Direction, inDirection, neighbours } from './neighbours.ts'
import { NetworkCaption } from './network-caption.tsx'
import { NetworkEdges } from './network-edges.tsx'
import { NetworkMark } from './network-mark.tsx'
import { NetworkNames } from './network-names.tsx'
import { type Frame, usePixel } from './use-pixel.ts'
import { linksOf } from './words.ts'

interface NetworkPictureProps {
  network: Network
  /** Width over height, about. */
  aspect: number
  /** Memories that a reply used: they glow along their edges. */
  lit: ReadonlySet<string>
  /** Null: none is sought. Otherwise all but these are dimmed. */
  sought: ReadonlySet<string> | null
  selected: string | null
  onSelect: (id: string) => void
}

const arrows = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
const none: ReadonlySet<string> = new Set()

/** The memories as coins on paper. One of them is in the tab order; the arrow keys go from each to its neighbours. */
export default function NetworkPicture({ network, aspect, lit, sought, selected, onSelect }: NetworkPictureProps) {
  const svg = useRef<SVGSVGElement>(null)
  const before = useRef<ReadonlyMap<string, Point>>(new Map())
  const points = useMemo(() => {
    before.current = settle(network, before.current, aspect)
    return before.current
  }, [network, aspect])
  const linked = useMemo(() => neighbours(network), [network])
  const view = useMemo(() => frame(points), [points])
  const unit = usePixel(svg, view)
  const strongest = useMemo(() => [...network.nodes].sort((a, b) => b.strength - a.strength), [network])
  const links = useMemo(() => new Map(network.nodes.map(({ id }) => [id, linksOf(id, network.edges)])), [network])
  const [current, setCurrent] = useState<string | null>(null)
  const inTabOrder = [current, selected].find((id) => id && points.has(id)) ?? network.nodes[0]?.id
  const looked = network.nodes.find(({ id }) => id === current) ?? null

  const names = useMemo((): Label[] => {
    if (looked) return nameAround(looked, linked.get(looked.id) ?? none, strongest, points, view, unit)
    const bright = strongest.filter((node) => lit.has(node.id))
    if (bright.length > 0) return nameAll(bright, strongest, points, view, unit)
    const first = sought ? strongest.filter((node) => sought.has(node.id)) : strongest
    return placeLabels(first, strongest, points, view, unit)
  }, [looked, linked, lit, sought, strongest, points, view, unit])
  const reasons = useMemo(
    () => (looked ? reasonLabels(looked.id, network.edges, points, names, unit) : []),
    [looked, network, points, names, unit],
  )

  const move = (event: KeyboardEvent, from: string) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onSelect(from)
    }
    if (!arrows.has(event.key)) return
    event.preventDefault()
    const to = inDirection(from, event.key as Direction, points, linked.get(from) ?? none)
    if (to) svg.current?.querySelector<SVGGElement>(`[data-id="${to}"]`)?.focus()
  }

  return (
    <div className="flex h-full min-h-0 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
      <svg
        ref={svg}
        viewBox={`${view.left} ${view.top} ${view.width} ${view.height}`}
        className="min-h-0 w-full flex-1 select-none"
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
              links={links.get(node.id) ?? ''}
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
        <NetworkNames names={names} reasons={reasons} lit={lit} unit={unit} />
      </svg>
      <NetworkCaption node={looked} links={looked ? (links.get(looked.id) ?? '') : ''} />
    </div>
  )
}

/** The part of the plane that holds every coin and its label. */
function frame(points: ReadonlyMap<string, Point>): Frame {
  const xs = [...points.values()].map((point) => point.x)
  const ys = [...points.values()].map((point) => point.y)
  const [left, top] = [Math.min(-80, ...xs) - 50, Math.min(-60, ...ys) - 26]
  return { left, top, width: Math.max(80, ...xs) + 50 - left, height: Math.max(60, ...ys) + 44 - top }
}

import type { NetworkNode } from '#shared/memory.ts'
import { type Point, radius } from './layout.ts'
import type { Frame } from './use-pixel.ts'

type Points = ReadonlyMap<string, Point>

export interface Label {
  id: string
  text: string
  x: number
  y: number
}

const LONGEST = 26
/** Height and mean width of a letter, in CSS pixels at the label's size. */
const LINE = 15
const ADVANCE = 6

/**
 * Names for the first of `nodes` that have room for theirs: no label covers another, nor a coin of `all`. `unit` is the size of
 * a CSS pixel in the picture's units, so that names stay legible however small the picture is.
 */
export function placeLabels(
  nodes: readonly NetworkNode[],
  all: readonly NetworkNode[],
  points: Points,
  view: Frame,
  unit: number,
): Label[] {
  const coins = all.flatMap((node) => {
    const point = points.get(node.id)
    return point ? [{ id: node.id, ...box(point.x, point.y, radius(node.strength), radius(node.strength)) }] : []
  })
  const placed: (Label & Box)[] = []
  for (const node of nodes) {
    for (const side of ['below', 'above'] as const) {
      const label = labelOf(node, points, view, unit, side)
      if (!label) break
      const half = (label.text.length * ADVANCE * unit) / 2
      const area = box(label.x, label.y - (LINE / 3) * unit, half, (LINE / 2) * unit)
      const covers = (other: Box & { id: string }) => other.id !== node.id && overlap(area, other)
      if (coins.some(covers) || placed.some(covers)) continue
      placed.push({ ...label, ...area })
      break
    }
  }
  return placed.map(({ id, text, x, y }) => ({ id, text, x, y }))
}

/** The same for nodes that must all be named: one that finds no room stands below its coin, over whatever is there. */
export function nameAll(...[nodes, all, points, view, unit]: Parameters<typeof placeLabels>): Label[] {
  const placed = placeLabels(nodes, all, points, view, unit)
  const named = new Set(placed.map((label) => label.id))
  const rest = nodes.filter((node) => !named.has(node.id))
  return [...placed, ...rest.flatMap((node) => labelOf(node, points, view, unit) ?? [])]
}

/** The name beside a coin, moved aside where it would leave the picture. */
export function labelOf(
  node: NetworkNode,
  points: Points,
  view: Frame,
  unit: number,
  side: 'below' | 'above' = 'below',
): Label | null {
  const point = points.get(node.id)
  if (!point) return null
  const text = node.text.length > LONGEST ? `${node.text.slice(0, LONGEST).trimEnd()}…` : node.text
  const half = (text.length * ADVANCE * unit) / 2
  const x = Math.min(Math.max(point.x, view.left + half), view.left + view.width - half)
  const away = radius(node.strength)
  return { id: node.id, text, x, y: side === 'below' ? point.y + away + 13 * unit : point.y - away - 5 * unit }
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

function box(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

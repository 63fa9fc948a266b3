import type { NetworkEdge, NetworkNode } from '#shared/memory.ts'
import { type Point, radius } from './layout.ts'
import type { Frame } from './use-pixel.ts'
import { reasonOf } from './words.ts'

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

/** Where a name may stand, from the best: right at its coin, or a line further away. */
const PLACES = [
  { side: 'below', lines: 0 },
  { side: 'above', lines: 0 },
  { side: 'below', lines: 1 },
  { side: 'above', lines: 1 },
] as const

/**
 * Names for the first of `nodes` that have room for theirs: no label covers another or a coin of `all`, and none is cut. `unit` is the size of
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
    for (const place of PLACES) {
      const label = labelOf(node, points, view, unit, place)
      if (!label) break
      const area = areaOf(label, unit)
      const covers = (other: Box & { id: string }) => other.id !== node.id && overlap(area, other)
      if (isCut(area, view) || coins.some(covers) || placed.some(covers)) continue
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

/** A memory that is looked at, by its whole name, and those it is linked with as far as they have room. */
export function nameAround(
  node: NetworkNode,
  linked: ReadonlySet<string>,
  ...[all, ...rest]: [readonly NetworkNode[], Points, Frame, number]
): Label[] {
  const others = all.filter(({ id }) => linked.has(id))
  const placed = placeLabels([node, ...others], all, ...rest)
  return placed.some(({ id }) => id === node.id)
    ? placed
    : [...placed, ...[labelOf(node, ...rest)].filter((label) => label !== null)]
}

/** Why one memory is linked with each other, in the middle of the line, where no name and no other reason stands. */
export function reasonLabels(
  id: string,
  edges: readonly NetworkEdge[],
  points: Points,
  names: readonly Label[],
  unit: number,
): Label[] {
  const taken = names.map((name) => ({ id: name.id, ...areaOf(name, unit) }))
  const placed: Label[] = []
  for (const edge of edges.filter(({ from, to }) => from === id || to === id)) {
    const [a, b] = [points.get(edge.from), points.get(edge.to)]
    if (!a || !b) continue
    const text = reasonOf(edge)
    const label = { id: `${edge.from} ${edge.to} ${text}`, text, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + 4 * unit }
    const area = areaOf(label, unit)
    if (taken.some((other) => overlap(area, other))) continue
    taken.push({ id: label.id, ...area })
    placed.push(label)
  }
  return placed
}

/** The name beside a coin, moved aside where it would leave the picture. */
export function labelOf(
  node: NetworkNode,
  points: Points,
  view: Frame,
  unit: number,
  place: (typeof PLACES)[number] = PLACES[0],
): Label | null {
  const point = points.get(node.id)
  if (!point) return null
  const text = node.text.length > LONGEST ? `${node.text.slice(0, LONGEST).trimEnd()}…` : node.text
  const half = (text.length * ADVANCE * unit) / 2
  const x = Math.min(Math.max(point.x, view.left + half), view.left + view.width - half)
  const away = radius(node.strength)
  const lines = place.lines * LINE * unit
  const y = place.side === 'below' ? point.y + away + 13 * unit + lines : point.y - away - 5 * unit - lines
  return { id: node.id, text, x, y }
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

function areaOf({ text, x, y }: Label, unit: number): Box {
  return box(x, y - (LINE / 3) * unit, (text.length * ADVANCE * unit) / 2, (LINE / 2) * unit)
}

function box(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight }
}

/** To its sides a name is moved aside; above and below there is nowhere to go. */
function isCut({ top, bottom }: Box, view: Frame): boolean {
  return top < view.top || bottom > view.top + view.height
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

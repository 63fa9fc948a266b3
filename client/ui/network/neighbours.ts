import type { Network } from '#shared/memory.ts'
import type { Point } from './layout.ts'

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/** The ids that each memory is linked with. */
export function neighbours(network: Network): Map<string, Set<string>> {
  const linked = new Map(network.nodes.map((node) => [node.id, new Set<string>()]))
  for (const { from, to } of network.edges) {
    linked.get(from)?.add(to)
    linked.get(to)?.add(from)
  }
  return linked
}

/**
 * Where an arrow key leads: to the linked memory that lies most nearly that way, else to any memory that does. Null at
 * the edge of the picture.
 */
export function inDirection(
  from: string,
  direction: Direction,
  points: ReadonlyMap<string, Point>,
  linked: ReadonlySet<string>,
): string | null {
  const here = points.get(from)
  if (!here) return null
  const nearest = (ids: Iterable<string>) => {
    let best: { id: string; cost: number } | null = null
    for (const id of ids) {
      const there = points.get(id)
      if (!there || id === from) continue
      const [along, across] = split(direction, there.x - here.x, there.y - here.y)
      if (along <= 0 || Math.abs(across) > along * 1.5) continue
      const cost = along + 2 * Math.abs(across)
      if (!best || cost < best.cost) best = { id, cost }
    }
    return best?.id ?? null
  }
  return nearest(linked) ?? nearest(points.keys())
}

/** How far a step goes the way of the arrow, and how far aside. */
function split(direction: Direction, dx: number, dy: number): [along: number, across: number] {
  if (direction === 'ArrowRight') return [dx, dy]
  if (direction === 'ArrowLeft') return [-dx, dy]
  if (direction === 'ArrowDown') return [dy, dx]
  return [-dy, dx]
}

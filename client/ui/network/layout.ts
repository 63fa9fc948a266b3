import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'
import type { Network } from '#shared/memory.ts'

export interface Point {
  x: number
  y: number
}

/** Radius of a memory's coin, in the picture's units. */
export function radius(strength: number): number {
  return 5 + 11 * Math.sqrt(Math.min(100, Math.max(0, strength)) / 100)
}

/**
 * Where each memory stands, settled: the picture is painted once, not animated into place. Memories that already had a
 * place begin there, so that a growing network keeps its shape. `aspect` is the picture's width over its height.
 */
export function settle(network: Network, before: ReadonlyMap<string, Point>, aspect = 1): Map<string, Point> {
  const nodes = network.nodes.map((node): SimulationNodeDatum & { id: string; r: number } => ({
    id: node.id,
    r: radius(node.strength),
    ...(before.get(node.id) ?? besideNeighbour(node.id, network, before)),
  }))
  const ids = new Set(nodes.map((node) => node.id))
  const links = network.edges
    .filter((edge) => ids.has(edge.from) && ids.has(edge.to))
    .map((edge) => ({ source: edge.from, target: edge.to, weight: edge.weight }))
  const known = nodes.filter((node) => before.has(node.id)).length
  const simulation = forceSimulation(nodes)
    .force(
      'links',
      forceLink<(typeof nodes)[number], (typeof links)[number]>(links)
        .id((node) => node.id)
        .distance((link) => 58 + 70 * (1 - link.weight))
        .strength((link) => 0.2 + 0.5 * link.weight),
    )
    .force('apart', forceManyBody().strength(-190).distanceMax(420))
    .force(
      'room',
      forceCollide<(typeof nodes)[number]>((node) => node.r + 12),
    )
    .force('x', forceX(0).strength(0.06 / aspect))
    .force('y', forceY(0).strength(0.06 * aspect))
    .alpha(known > nodes.length / 2 ? 0.15 : 1)
    .stop()
  simulation.tick(known > nodes.length / 2 ? 120 : 260)
  return new Map(nodes.map((node) => [node.id, { x: node.x ?? 0, y: node.y ?? 0 }]))
}

/** Where a new memory enters: next to one it is linked with. */
function besideNeighbour(id: string, network: Network, before: ReadonlyMap<string, Point>): Point | undefined {
  for (const { from, to } of network.edges) {
    const other = from === id ? to : to === id ? from : null
    const point = other && before.get(other)
    if (point) return { x: point.x + 40, y: point.y + 40 }
  }
  return undefined
}

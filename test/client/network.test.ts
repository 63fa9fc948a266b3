import { expect, it } from 'vitest'
import { settle } from '#client/ui/network/layout.ts'
import { inDirection, neighbours } from '#client/ui/network/neighbours.ts'
import { linksOf, networkWords, soughtIn } from '#client/ui/network/words.ts'
import type { Network, NetworkEdge, NetworkNode } from '#shared/memory.ts'

const node = (id: string, strength = 50): NetworkNode => ({
  id,
  text: id,
  kind: 'fact',
  status: 'kept',
  focus: false,
  strength,
  createdAt: '',
})
const edge = (from: string, to: string, weight = 0.5, more: Partial<NetworkEdge> = {}): NetworkEdge => ({
  from,
  to,
  weight,
  reason: 'similar',
  through: null,
  ...more,
})

const network: Network = {
  nodes: ['a', 'b', 'c', 'd', 'e'].map((id) => node(id)),
  edges: [edge('a', 'b', 0.9), edge('b', 'c'), edge('a', 'gone')],
  total: 5,
}

it('gives every memory a place where none covers another', () => {
  const points = [...settle(network, new Map()).values()]
  expect(points).toHaveLength(5)
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20)
  }
})

it('keeps its shape when one memory is added', () => {
  const before = settle(network, new Map())
  const grown = { ...network, nodes: [...network.nodes, node('f')], edges: [...network.edges, edge('f', 'c')] }
  const after = settle(grown, before)
  for (const [id, point] of before) {
    const moved = after.get(id) ?? { x: Number.NaN, y: Number.NaN }
    expect(Math.hypot(moved.x - point.x, moved.y - point.y)).toBeLessThan(40)
  }
})

it('leads an arrow key to the linked memory that lies that way, else to the nearest, else nowhere', () => {
  const points = new Map([
    ['a', { x: 0, y: 0 }],
    ['linked', { x: 100, y: 10 }],
    ['near', { x: 30, y: 0 }],
    ['below', { x: 0, y: 50 }],
  ])
  expect(inDirection('a', 'ArrowRight', points, new Set(['linked']))).toBe('linked')
  expect(inDirection('a', 'ArrowRight', points, new Set())).toBe('near')
  expect(inDirection('a', 'ArrowDown', points, new Set(['linked']))).toBe('below')
  expect(inDirection('a', 'ArrowLeft', points, new Set(['linked']))).toBeNull()
})

it('knows what each memory is linked with', () => {
  expect(neighbours(network).get('b')).toEqual(new Set(['a', 'c']))
})

it('says why a memory is linked, each reason once and a person by name', () => {
  const edges = [
    edge('a', 'b', 0.5, { reason: 'person', through: 'Clara' }),
    edge('c', 'a', 0.5, { reason: 'person', through: 'Clara' }),
    edge('a', 'd'),
    edge('b', 'c', 1, { reason: 'supersedes' }),
  ]
  expect(linksOf('a', edges)).toBe('Clara, alike')
  expect(linksOf('e', edges)).toBe('')
})

it('finds what holds every word that is sought, and says how much of all is shown', () => {
  const bees = {
    ...network,
    nodes: [
      { ...node('a'), text: 'I keep bees' },
      { ...node('b'), text: 'I keep a diary' },
    ],
  }
  const sought = soughtIn(bees, 'KEEP be')
  expect(sought).toEqual(new Set(['a']))
  expect(networkWords(bees, sought)).toBe('1 of 2 match')
  expect(soughtIn(bees, ' ')).toBeNull()
  expect(networkWords(bees, null)).toBe('2 of 5 memories')
  expect(networkWords(network, null)).toBe('5 memories')
})

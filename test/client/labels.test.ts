import { expect, it } from 'vitest'
import { nameAll, nameAround, placeLabels, reasonLabels } from '#client/ui/network/labels.ts'
import type { NetworkNode } from '#shared/memory.ts'

const node = (id: string, strength = 50): NetworkNode => ({
  id,
  text: `A memory called ${id}`,
  kind: 'fact',
  status: 'kept',
  focus: false,
  strength,
  createdAt: '',
})
const view = { left: -200, top: -100, width: 400, height: 200 }

it('names what has room, and nothing over a coin or another name', () => {
  const crowd = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => node(id))
  const points = new Map(crowd.map((each, index) => [each.id, { x: index * 20, y: 0 }]))
  const labels = placeLabels(crowd, crowd, points, view, 1)
  expect(labels.length).toBeGreaterThan(0)
  expect(labels.length).toBeLessThan(6)
  expect(new Set(labels.map((label) => label.y)).size).toBe(labels.length)
})

it('keeps a name inside the picture, however near its coin is to the edge', () => {
  const [label] = placeLabels([node('edge')], [node('edge')], new Map([['edge', { x: 195, y: 0 }]]), view, 1)
  expect(label?.x).toBeLessThanOrEqual(140)
})

it('leaves out a name that would be cut at the top or at the bottom of the picture', () => {
  for (const side of [-1, 1]) {
    const points = new Map([
      ['edge', { x: 0, y: side * 95 }],
      ['inside', { x: 0, y: side * 75 }],
    ])
    expect(placeLabels([node('edge')], [node('edge'), node('inside')], points, view, 1)).toEqual([])
  }
})

it('names every memory that a reply used, with room or without', () => {
  const crowd = ['a', 'b', 'c', 'd'].map((id) => node(id))
  const points = new Map(crowd.map((each, index) => [each.id, { x: index * 5, y: 0 }]))
  expect(
    nameAll(crowd, crowd, points, view, 1)
      .map((label) => label.id)
      .sort(),
  ).toEqual(['a', 'b', 'c', 'd'])
})

it('names the memory that is looked at whatever the crowd, and its neighbours as far as there is room', () => {
  const crowd = ['a', 'b', 'c', 'd'].map((id) => node(id))
  const points = new Map(crowd.map((each, index) => [each.id, { x: index * 5, y: 0 }]))
  const looked = crowd[3] ?? node('d')
  expect(nameAround(looked, new Set(['a']), crowd, points, view, 1).map((label) => label.id)).toContain('d')
})

it('writes a reason in the middle of its line, none over a name or another reason', () => {
  const points = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 100, y: 0 }],
    ['c', { x: 102, y: 2 }],
  ])
  const edge = (to: string) => ({ from: 'a', to, weight: 0.5, reason: 'person' as const, through: 'Clara' })
  const edges = [edge('b'), edge('c'), { ...edge('c'), from: 'b' }]
  expect(reasonLabels('a', edges, points, [], 1)).toMatchObject([{ text: 'Clara', x: 50 }])
  expect(reasonLabels('a', edges, points, [{ id: 'a', text: 'A memory', x: 50, y: 4 }], 1)).toEqual([])
})

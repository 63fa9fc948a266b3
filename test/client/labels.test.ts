import { expect, it } from 'vitest'
import { nameAll, placeLabels } from '#client/ui/network/labels.ts'

const node = (id: string, strength = 50) => ({
  id,
  text: `A memory called ${id}`,
  kind: 'fact',
  status: 'kept' as const,
  focus: false,
  strength,
  createdAt: '',
})
const view = { left: -200, top: -100, width: 400, height: 200 }

it('names what has room, and nothing over a coin or another name', () => {
  const crowd = ['a', 'b', 'c', 'd'].map((id) => node(id))
  const points = new Map(crowd.map((each, index) => [each.id, { x: index * 20, y: 0 }]))
  const labels = placeLabels(crowd, crowd, points, view, 1)
  expect(labels.length).toBeGreaterThan(0)
  expect(labels.length).toBeLessThan(4)
  expect(new Set(labels.map((label) => label.y)).size).toBe(labels.length)
})

it('keeps a name inside the picture, however near its coin is to the edge', () => {
  const [label] = placeLabels([node('edge')], [node('edge')], new Map([['edge', { x: 195, y: 0 }]]), view, 1)
  expect(label?.x).toBeLessThanOrEqual(140)
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

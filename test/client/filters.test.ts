import { expect, it } from 'vitest'
import { memoryFilter, narrow, readFilters, WIDE } from '#client/dashboard/filters.ts'

it('reads the address, and leaves out what it does not know', () => {
  expect(readFilters({ days: '90', q: ' bees ', order: 'strongest', kind: 'fact', origin: 'import', x: 1 })).toEqual({
    days: 90,
    q: ' bees ',
    order: 'strongest',
    kind: 'fact',
    origin: 'import',
  })
  expect(
    readFilters({ days: 12, q: '  ', order: 'oldest', kind: {}, origin: 'thin air', network: 1, memory: 7 }),
  ).toEqual({})
})

it('takes a number for the text it was typed as', () => {
  expect(readFilters({ q: 2024, date: 2026 })).toEqual({ q: '2024', date: '2026' })
})

it('keeps the usual period out of the address', () => {
  expect(readFilters({ days: 30 })).toEqual({})
})

it('asks the server for what the address narrows to', () => {
  expect(memoryFilter({ q: 'x', kind: 'fact', tag: 'family', place: 'Porto', origin: 'chat' })).toEqual({
    kind: 'fact',
    tag: 'family',
    origin: 'chat',
    entity: { kind: 'place', name: 'Porto' },
  })
  expect(memoryFilter({ q: 'x', order: 'strongest' })).toEqual({})
})

it('narrows by one person, place or date at a time, and widens all at once', () => {
  const porto = { ...readFilters({ kind: 'fact' }), ...narrow('place', 'Porto') }
  expect(memoryFilter({ ...porto, ...narrow('person', 'Clara') })).toEqual({
    kind: 'fact',
    entity: { kind: 'person', name: 'Clara' },
  })
  expect(memoryFilter({ ...porto, ...narrow('kind', undefined) })).toEqual({ entity: { kind: 'place', name: 'Porto' } })
  expect(memoryFilter({ ...porto, ...WIDE })).toEqual({})
})

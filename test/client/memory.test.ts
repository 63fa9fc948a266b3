import { expect, it } from 'vitest'
import { dateField, endOfDay, entityDate } from '#client/ui/dates.ts'
import { pastOf } from '#client/ui/memory/past.ts'
import { tagsOf } from '#client/ui/memory/tags.ts'
import type { Memory, MemoryHistory } from '#shared/memory.ts'

const memory = (id: string, validFrom: string, validTo: string | null = null): Memory => ({
  id,
  text: `I live in ${id}`,
  kind: 'fact',
  tags: [],
  entities: [],
  status: validTo ? 'superseded' : 'kept',
  origin: 'chat',
  strength: 40,
  source: null,
  version: 1,
  validFrom,
  validTo,
  expiresAt: null,
  createdAt: validFrom,
  updatedAt: validFrom,
})

it('tells the past of a memory, the latest first: its versions, then what it took the place of', () => {
  const history: MemoryHistory = {
    memory: memory('Lisbon', '2026-03-01'),
    versions: [
      { version: 2, text: 'I live in Lisboa', createdAt: '2026-03-05' },
      { version: 1, text: 'I live in Lisbona', createdAt: '2026-03-01' },
    ],
    supersedes: [memory('Porto', '2025-01-01', '2026-03-01'), memory('Braga', '2020-01-01', '2025-01-01')],
    supersededBy: [],
    sources: [],
    usedBy: [],
  }
  expect(pastOf(history).map(({ text, from, to, how }) => [text, from, to, how])).toEqual([
    ['I live in Lisboa', '2026-03-05', null, 'then corrected'],
    ['I live in Lisbona', '2026-03-01', '2026-03-05', 'then corrected'],
    ['I live in Porto', '2025-01-01', '2026-03-01', 'then replaced'],
    ['I live in Braga', '2020-01-01', '2025-01-01', 'then replaced'],
  ])
})

it('reads tags from a line with commas, each once', () => {
  expect(tagsOf(' family,, Clara , family,')).toEqual(['family', 'Clara'])
  expect(tagsOf('  ')).toEqual([])
})

it('names a date as far as it was said', () => {
  const at = (day: number, month: string, year?: number) =>
    new Date(`${day} ${month} ${year ?? 2000} UTC`).toLocaleDateString(undefined, {
      day: 'numeric',
      month: 'long',
      year: year ? 'numeric' : undefined,
      timeZone: 'UTC',
    })
  expect(entityDate('2026-03-14')).toBe(at(14, 'March', 2026))
  expect(entityDate('--03-14')).toBe(at(14, 'March'))
  expect(entityDate('2026')).toBe('2026')
  expect(entityDate('next summer')).toBe('next summer')
})

it('lets a memory hold to the end of a day as the reader counts days', () => {
  expect(dateField(endOfDay('2026-12-31'))).toBe('2026-12-31')
  expect(dateField(null)).toBe('')
})

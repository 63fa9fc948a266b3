import { expect, it } from 'vitest'
import { sessionWords } from '#client/app/session-words.ts'
import { ceiling } from '#client/dashboard/ceiling.ts'
import { period } from '#client/ui/dates.ts'

const at = { refreshedAt: 1_000_000, expiresAt: 1_000_000 + 300_000 }

it('says how the session stands in words', () => {
  const words = (connection: Parameters<typeof sessionWords>[0]['connection'], now: number) => {
    const said = sessionWords({ connection, ...at }, now)
    return `${said.words} ${said.detail}`.trim()
  }
  expect(words('live', 1_012_000)).toBe('Live refreshed 12 s ago')
  expect(words('refreshing', 1_012_000)).toBe('Refreshing')
  expect(words('reconnecting', 1_012_000)).toBe('Reconnecting What you type is safe.')
  expect(words('offline', 1_012_000)).toBe('Offline What you type is safe.')
  expect(words('expiring', 1_030_000)).toBe('Session ends soon in 5 min')
  expect(words('expiring', 1_260_000)).toBe('Session ends soon in 40 s')
})

it('ends a scale on a round number that is not below the highest value', () => {
  expect([0, 1, 3, 7, 10, 11, 35, 412].map(ceiling)).toEqual([2, 2, 4, 8, 10, 20, 40, 500])
})

it('puts a chat under the day it was last spoken in', () => {
  const now = new Date(2026, 4, 20, 10)
  const said = (...when: [number, number, number, number]) => period(new Date(...when).toISOString(), now)
  expect(said(2026, 4, 20, 0)).toBe('Today')
  expect(said(2026, 4, 19, 23)).toBe('Yesterday')
  expect(said(2026, 4, 15, 12)).toBe('Last 7 days')
  expect(said(2025, 4, 15, 12)).toContain('2025')
})

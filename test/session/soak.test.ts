import { expect, test } from 'vitest'
import { liveThroughADay } from './soak/day.ts'
import { fewestMints } from './soak/fewest.ts'
import { faultsOf } from './soak/run.ts'

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'a busy day with every kind of fault (seed %i): nobody sees a refusal, nothing is lost or done twice, and no refresh is wasted',
  async (seed) => {
    const day = await liveThroughADay(seed)

    expect(faultsOf(day)).toEqual([])
    expect(day.operations).toBeGreaterThan(1_000)
    expect(day.answered / day.operations).toBeGreaterThan(0.95)
  },
  30_000,
)

test('the fewest mints are counted as a client would make them that knew the future', () => {
  const minutes = (n: number) => n * 60_000
  const fewest = (timeline: [at: number, watched: boolean, reachable?: boolean][], moments: number[] = []) =>
    fewestMints(
      timeline.map(([at, watched, reachable = true]) => ({ at, session: 'ann', watched, reachable })),
      moments.map((at) => ({ at, type: 'operation' as const })),
      minutes(10),
    )

  expect(fewest([[0, true]])).toBe(12)
  expect(fewest([[0, false]])).toBe(0)
  expect(fewest([[0, false]], [minutes(1), minutes(1.5), minutes(5)])).toBe(2)
  expect(
    fewest([
      [0, true],
      [minutes(1), false],
      [minutes(9), true],
    ]),
  ).toBe(2 + 2)
  expect(
    fewest([
      [0, true],
      [60_000, true, false],
      [minutes(9), true],
    ]),
  ).toBe(2 + 2)
  expect(
    fewest(
      [
        [0, false, false],
        [minutes(2), false],
      ],
      [minutes(1)],
    ),
  ).toBe(1)
})

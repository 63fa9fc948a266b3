import { parseArgs } from 'node:util'
import { type DayReport, liveThroughADay } from './day.ts'

/** The most mints that a day may take, as a multiple of the fewest possible. */
export const MOST_PER_FEWEST = 1.05

/** What a day did that it must not have, each with how to see it again. */
export function faultsOf({ seed, broken, minted, fewest }: DayReport): string[] {
  const faults = [...broken]
  if (minted > fewest * MOST_PER_FEWEST) faults.push(`${minted} refreshes, where ${fewest} would have done`)
  return faults.map((fault) => `seed ${seed}: ${fault} (npm run soak -- --seed ${seed})`)
}

async function main() {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, days: { type: 'string', default: '1000' } } })
  // Failures in plenty are part of each day, and their stacks a quarter of its cost.
  if (!values.seed) Error.stackTraceLimit = 0
  const seeds = values.seed ? [Number(values.seed)] : Array.from({ length: Number(values.days) }, (_, n) => n + 1)
  const total = { operations: 0, answered: 0, streams: 0, streamsWhole: 0, minted: 0, fewest: 0 }
  const plain: Record<string, number> = {}
  let worst = { ratio: 0, seed: 0 }
  let failed = 0
  const started = Date.now()
  for (const seed of seeds) {
    const day = await liveThroughADay(seed)
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += day[key]
    for (const [told, times] of Object.entries(day.plain)) plain[told] = (plain[told] ?? 0) + times
    const ratio = day.minted / day.fewest
    if (ratio > worst.ratio) worst = { ratio, seed }
    const faults = faultsOf(day)
    if (faults.length > 0) failed += 1
    for (const fault of faults) console.error(fault)
    if (seed % 100 === 0) console.log(`${seed} days, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`)
  }
  console.log(
    JSON.stringify({ days: seeds.length, failed, ...total, plain, ratio: total.minted / total.fewest, worst }, null, 2),
  )
  process.exitCode = failed > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) await main()

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CONTENDERS, type Contender } from './contenders.ts'
import { measure } from './figures.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import { startTrial } from './trial.ts'

interface Result {
  scenarios: Record<string, boolean>
  /** Tokens asked of the provider, successfully or not. */
  refreshes: Record<string, number>
  requests: Record<string, number>
  /** Calls carried out twice, for the wrong person, or though given up. */
  wrong: Record<string, number>
  /** Calls never settled, or failed with the server's 401. */
  lost: Record<string, number>
  unhandled: number
}

async function compete(contender: Contender, { id, run, sse }: Scenario, result: Result): Promise<void> {
  const trial = await startTrial(contender, sse)
  await trial.begin()
  try {
    result.scenarios[id] = await run(trial)
  } finally {
    result.refreshes[id] = trial.provider.asked
    result.requests[id] = trial.backend.requests
    result.wrong[id] = trial.wrong()
    result.lost[id] = trial.lost()
    await trial.end()
  }
}

const sum = (all: Record<string, number>) => Object.values(all).reduce((total, one) => total + one, 0)

function printTable(links: Record<string, Result>): void {
  const names = Object.keys(links)
  for (const { id, title } of SCENARIOS) {
    const marks = names.map((name) => {
      const { scenarios, refreshes, requests } = links[name] as Result
      return `${scenarios[id] ? 'pass' : 'FAIL'} ${refreshes[id]}/${requests[id]}`.padEnd(14)
    })
    console.log(`${id.padEnd(4)} ${marks.join(' ')} ${title}`)
  }
  console.log(`\nEach cell: refreshes/requests. Columns: ${names.join(' | ')}\n`)
  for (const name of names) {
    const { scenarios, refreshes, requests, wrong, lost, unhandled } = links[name] as Result
    const passed = Object.values(scenarios).filter(Boolean).length
    console.log(
      `${name.padEnd(34)} ${passed}/${SCENARIOS.length} passed, ${sum(refreshes)} refreshes, ${sum(requests)} requests, ${sum(wrong)} wrong, ${sum(lost)} lost, ${unhandled} unhandled rejections`,
    )
  }
}

// A contender's own unhandled rejections are part of the picture, not the end of it.
const unhandled = { count: 0 }
process.on('unhandledRejection', () => {
  unhandled.count += 1
})

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean' } },
})
const links: Record<string, Result> = {}
for (const contender of CONTENDERS) {
  unhandled.count = 0
  const result: Result = { scenarios: {}, refreshes: {}, requests: {}, wrong: {}, lost: {}, unhandled: 0 }
  for (const scenario of SCENARIOS)
    if (!values.only || values.only === scenario.id) await compete(contender, scenario, result)
  links[contender.name] = { ...result, unhandled: unhandled.count }
}
printTable(links)
const figures = values.quick ? null : await measure()
if (figures) console.log(JSON.stringify(figures, null, 2))
if (values.json) writeFileSync(values.json, `${JSON.stringify({ links, figures }, null, 2)}\n`)
process.exit(0)

// npx tsx bench/network.ts [--sizes 1000,10000] [--home pglite|postgres]
//
// memory.network of one person with many memories, of each part that can be asked for, and what adding one more memory
// costs, with its entities and links. Figures are milliseconds of the domain call, which is the API without HTTP.
import { parseArgs } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import type { Caller } from '#server/memory/caller.ts'
import { keep } from '#server/memory/keep.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { addMemory } from '#server/memory/remember.ts'
import { systemClock } from '#shared/clock.ts'
import { addInput, networkInput } from '#shared/memory.ts'
import { withDatabase } from './databases.ts'

const TIMES = 60
const AT_ONCE = 200
const PEOPLE = Array.from(
  { length: 60 },
  (_, n) => `Per${String.fromCharCode(97 + (n % 26))}${'aeiou'[n % 5]}${n > 30 ? 'na' : 'lo'}`,
)
const CITIES = ['Porto', 'Lisbon', 'Oslo', 'Berlin', 'Vienna', 'Madrid', 'Tokyo', 'Lima', 'Cairo', 'Paris']

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    home: { type: 'string', multiple: true, default: ['pglite', 'postgres'] },
  },
})

const table: Record<string, Record<string, number | string>> = {}

for (const home of values.home as Database['home'][]) {
  await withDatabase(home, async (db) => {
    const userId = uuidv7()
    await db.prisma.user.create({ data: { id: userId, issuer: 'bench', subject: userId } })
    const ctx: Caller = { deps: { db, clock: systemClock }, userId, user: { timeZone: 'UTC' } }
    let held = 0
    for (const size of values.sizes.split(',').map(Number)) {
      await fill(ctx, held, size)
      held = size
      const [middle] = await db.prisma.memory.findMany({ where: { userId }, skip: size >> 1, take: 1 })
      table[`${home} ${size}`] = {
        strongest: await timed(() => memoryNetwork(ctx, networkInput.parse({}))),
        'of 500': await timed(() => memoryNetwork(ctx, networkInput.parse({ limit: 500 }))),
        around: await timed(() => memoryNetwork(ctx, networkInput.parse({ around: middle?.id }))),
        'of a search': await timed(() => memoryNetwork(ctx, networkInput.parse({ query: `${CITIES[1]} ${word(40)}` }))),
        add: await timed((n) => addMemory(ctx, addInput.parse({ text: statement(1_000_000 + size + n) }))),
      }
    }
  })
}
console.table(table)

async function fill({ deps, userId }: Caller, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += AT_ONCE) {
    await deps.db.prisma.$transaction(
      async (tx) => {
        for (let n = start; n < Math.min(to, start + AT_ONCE); n++) {
          const said = { text: statement(n), origin: 'import', decided: 'to keep' } as const
          await keep(tx, userId, said, new Date(Date.now() - (to - n) * 60_000))
        }
      },
      { timeout: 120_000 },
    )
  }
}

/** p50/p95 */
async function timed(act: (n: number) => Promise<unknown>): Promise<string> {
  const took: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const start = performance.now()
    await act(n)
    took.push(performance.now() - start)
  }
  const sorted = took.slice(5).sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  return `${at(0.5)}/${at(0.95)}`
}

function statement(n: number): string {
  const who = PEOPLE[hash(n) % PEOPLE.length]
  const where = CITIES[hash(n + 7) % CITIES.length]
  const words = Array.from({ length: 6 }, (_, at) => word(hash(n * 31 + at) % 5_000))
  return n % 3 === 0 ? `My friend ${who} lives in ${where} with ${words.join(' ')}` : `${words.join(' ')} number ${n}`
}

function word(rank: number): string {
  return `w${rank.toString(36)}x`
}

function hash(n: number): number {
  let h = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}

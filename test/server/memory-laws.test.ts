import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { memoryHistory, memoryList } from '#server/memory/browse.ts'
import { memoryFacets } from '#server/memory/facets.ts'
import { matchingMemories } from '#server/memory/matching.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { memoryOverview } from '#server/memory/overview.ts'
import { exportJson, exportMarkdown } from '#server/transfer/export.ts'
import { listInput, networkInput } from '#shared/memory.ts'
import { openTestDatabase } from '../database/open.ts'
import { FACTS, FactModel, isHome, listed, type Operation } from '../memory/fact-model.ts'
import { createPerson, type Person, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const fact = fc.constantFrom(...FACTS)
const back = fc.nat({ max: 3 })
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    does: fc.constantFrom('add', 'say', 'say', 'lend', 'forget', 'restore', 'approve', 'decline'),
    fact,
  }) as fc.Arbitrary<Operation>,
  fc.record({ does: fc.constant('edit' as const), fact, into: fact }),
  fc.record({ does: fc.constantFrom('forgetMessage', 'restoreMessage'), back }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.constantFrom(1, 6, 23, 30) }),
)

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** Every text of a memory that any way of reading gives. */
async function everythingRead(person: Person): Promise<string[]> {
  const { ctx } = person
  const { memories } = await memoryList(ctx, listInput.parse({}))
  const histories = await Promise.all(memories.map(({ id }) => memoryHistory(ctx, { id })))
  const overview = await memoryOverview(ctx, { days: 1 })
  const around = memories[0] && { around: memories[0].id }
  const networks = [
    await memoryNetwork(ctx, networkInput.parse({})),
    await memoryNetwork(ctx, networkInput.parse(around)),
  ]
  const exported = JSON.parse(await whole(exportJson(person.ctx)))
  const markdown = (await whole(exportMarkdown(person.ctx))).split('\n## ')[1] ?? ''
  return [
    ...texts(memories),
    ...(await listed(person, 'suggested')),
    ...texts(histories.flatMap(({ memory, supersedes, supersededBy }) => [memory, ...supersedes, ...supersededBy])),
    ...texts([...overview.recent, ...overview.strongest]),
    ...texts(networks.flatMap(({ nodes }) => nodes)),
    ...texts(await person.search('plums Oslo Rome sister jazz', 'memory')),
    ...texts((await matchingMemories(ctx, { filter: { kind: 'preference' } })).memories),
    ...texts(exported.memories),
    ...FACTS.filter((each) => markdown.includes(each)),
  ]
}

test('in any order of anything one can do, the kept is there, the forgotten is nowhere, and one home is one home', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 16, size: 'max' }), async (steps) => {
      const person = await createPerson(db)
      const model = new FactModel(person)
      for (const step of steps) await model.run(step)
      const kept = await listed(person)
      const notHome = (text: string) => !isHome(text)
      expect(kept.filter(notHome).sort()).toEqual(model.visible('kept').filter(notHome).sort())
      expect((await listed(person, 'suggested')).sort()).toEqual(model.visible('suggested').sort())
      expect(kept.filter(isHome).length).toBeLessThanOrEqual(1)
      const { nodes } = await memoryNetwork(person.ctx, networkInput.parse({}))
      expect(texts(nodes.filter(({ status }) => status === 'kept')).sort()).toEqual(kept.sort())
      expect(texts(await person.search('plums Oslo Rome sister jazz', 'memory')).sort()).toEqual(kept)
      const { kinds } = await memoryFacets(person.ctx, { status: 'kept' })
      expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(kept.length)
      const read = new Set(await everythingRead(person))
      // A suggestion that is declined says nothing of the time when it was true.
      for (const [gone, { declined }] of model.gone)
        if (!declined || !isHome(gone)) expect(read.has(gone), gone).toBe(false)
    }),
    { numRuns: 25 },
  )
}, 600_000)

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { memoryList } from '#server/memory/browse.ts'
import { forgetMemory } from '#server/memory/forget.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { editMemory } from '#server/memory/remember.ts'
import { restoreMemory } from '#server/memory/restore.ts'
import { listInput, networkInput } from '#shared/memory.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, type Person, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const FACTS = ['I love plums.', 'I hate plums.', 'I live in Oslo.', 'My sister is Ida.'] as const

const fact = fc.constantFrom(...FACTS)
const operation = fc.oneof(
  fc.record({ does: fc.constant('add' as const), fact }),
  fc.record({ does: fc.constant('say' as const), fact }),
  fc.record({ does: fc.constant('edit' as const), fact, into: fact }),
  fc.record({ does: fc.constant('forget' as const), fact }),
  fc.record({ does: fc.constant('restore' as const), fact }),
)
type Operation = typeof operation extends fc.Arbitrary<infer Each> ? Each : never

/** What must be known after the operations so far, told by the simplest means: a set of facts and their tombstones. */
class Model {
  readonly kept = new Map<string, string>()
  readonly tombstones = new Map<string, string>()
  readonly corrected = new Set<string>()

  async run(person: Person, step: Operation): Promise<void> {
    const { does, fact } = step
    if (does === 'add') {
      const { memory } = await person.add(fact)
      this.kept.set(fact, memory.id)
      this.tombstones.delete(fact)
    }
    if (does === 'say') {
      await person.say(fact)
      const refused = this.tombstones.has(fact) || this.corrected.has(fact)
      if (this.kept.has(fact) || !refused) this.kept.set(fact, await this.idOf(person, fact))
    }
    if (does === 'edit') await this.edit(person, fact, step.into)
    if (does === 'forget') await this.forget(person, fact)
    if (does === 'restore') await this.restore(person, fact)
  }

  private async edit(person: Person, from: string, into: string): Promise<void> {
    const id = this.kept.get(from)
    if (!id) return
    const edited = editMemory(person.ctx, { id, text: into })
    if (from !== into && this.kept.has(into)) return void (await expect(edited).rejects.toThrow())
    await edited
    if (from === into) return
    this.kept.delete(from)
    this.kept.set(into, id)
    this.corrected.add(from)
  }

  private async forget(person: Person, fact: string): Promise<void> {
    const id = this.kept.get(fact)
    if (!id) return
    await forgetMemory(person.ctx, { id })
    this.kept.delete(fact)
    this.tombstones.set(fact, id)
  }

  private async restore(person: Person, fact: string): Promise<void> {
    const id = this.tombstones.get(fact)
    if (!id) return
    const restored = await restoreMemory(person.ctx, { id })
    this.kept.set(fact, restored.id)
    this.tombstones.delete(fact)
  }

  private async idOf(person: Person, fact: string): Promise<string> {
    const { memories } = await memoryList(person.ctx, listInput.parse({}))
    const found = memories.find(({ text }) => text === fact)
    if (!found) throw new Error(`"${fact}" was said and is not kept`)
    return found.id
  }
}

test('in any order of adding, saying, editing, forgetting and restoring, the kept is there and the forgotten is not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 14 }), async (steps) => {
      const person = await createPerson(db)
      const model = new Model()
      for (const step of steps) await model.run(person, step)
      const expected = [...model.kept.keys()].sort()
      const { memories } = await memoryList(person.ctx, listInput.parse({}))
      expect(texts(memories).sort()).toEqual(expected)
      const { nodes } = await memoryNetwork(person.ctx, networkInput.parse({}))
      expect(texts(nodes.filter(({ status }) => status === 'kept')).sort()).toEqual(expected)
      const found = texts(await person.search('plums Oslo sister', 'memory'))
      expect(found.sort()).toEqual(expected)
    }),
    { numRuns: 40 },
  )
}, 60_000)

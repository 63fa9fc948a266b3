import { expect } from 'vitest'
import { memoryList } from '#server/memory/browse.ts'
import { eraseForgotten } from '#server/memory/erase.ts'
import { forgetMemory, UNDO_MS } from '#server/memory/forget.ts'
import { forgetMessage, restoreMessage } from '#server/memory/forget-message.ts'
import { editMemory } from '#server/memory/remember.ts'
import { restoreMemory } from '#server/memory/restore.ts'
import { approveSuggestion, declineSuggestion } from '#server/memory/suggest.ts'
import { listInput } from '#shared/memory.ts'
import type { Person } from './person.ts'

/** The first two are homes, of which there is one at a time; jazz is only ever suggested when it is said. */
export const FACTS = [
  'I live in Oslo.',
  'I moved to Rome.',
  'I love plums.',
  'I hate plums.',
  'My sister is Ida.',
  'I like jazz.',
] as const
export type Fact = (typeof FACTS)[number]

export type Operation =
  | { does: 'add' | 'say' | 'forget' | 'restore' | 'approve' | 'decline'; fact: Fact }
  | { does: 'lend'; fact: Fact }
  | { does: 'edit'; fact: Fact; into: Fact }
  | { does: 'forgetMessage' | 'restoreMessage'; back: number }
  | { does: 'wait'; hours: number }

type Life = 'kept' | 'suggested' | 'superseded'

interface Gone {
  id: string
  at: number
  from: Life
  declined: boolean
}

export const isHome = (fact: string) => fact === FACTS[0] || fact === FACTS[1]

/** What must be known after some operations, told by the simplest means. Of homes it only knows which are gone. */
export class FactModel {
  readonly alive = new Map<Fact, 'kept' | 'suggested'>()
  readonly gone = new Map<Fact, Gone>()
  private readonly corrected = new Set<Fact>()
  private readonly expires = new Map<Fact, number>()
  private readonly said: { id: string; gone: number | null }[] = []
  private readonly person: Person

  constructor(person: Person) {
    this.person = person
  }

  /** What a person sees: kept or suggested, and not past its day. */
  visible(status: 'kept' | 'suggested'): Fact[] {
    const now = this.person.clock.now()
    return [...this.alive.keys()].filter(
      (fact) =>
        this.alive.get(fact) === status && (status === 'suggested' || (this.expires.get(fact) ?? Infinity) > now),
    )
  }

  async run(step: Operation): Promise<void> {
    const { person } = this
    switch (step.does) {
      case 'add':
      case 'lend': {
        const until = step.does === 'lend' ? person.clock.now() + 5 * 3_600_000 : null
        await person.add(step.fact, until ? { expiresAt: new Date(until).toISOString() } : {})
        this.live(step.fact, 'kept', until)
        return
      }
      case 'say':
        return this.say(step.fact)
      case 'edit':
        return this.edit(step.fact, step.into)
      case 'forget': {
        const row = await this.rowOf(step.fact, ['kept', 'suggested', 'superseded'])
        if (!row) return
        await forgetMemory(person.ctx, { id: row.id })
        return this.lose(step.fact, row.id, row.status as Life)
      }
      case 'restore':
        return this.restore(step.fact)
      case 'approve': {
        const row = await this.rowOf(step.fact, ['suggested'])
        if (!row) return
        await approveSuggestion(person.ctx, { id: row.id })
        return this.live(step.fact, 'kept', this.expires.get(step.fact) ?? null)
      }
      case 'decline': {
        const row = await this.rowOf(step.fact, ['suggested'])
        if (!row) return
        await declineSuggestion(person.ctx, { id: row.id })
        return this.lose(step.fact, row.id, 'suggested', true)
      }
      case 'forgetMessage':
        return this.forgetMessage(step.back)
      case 'restoreMessage':
        return this.restoreMessage(step.back)
      case 'wait':
        person.clock.step(step.hours * 3_600_000)
        return eraseForgotten(person.ctx.deps)
    }
  }

  private live(fact: Fact, status: 'kept' | 'suggested', until: number | null): void {
    this.alive.set(fact, status)
    this.gone.delete(fact)
    if (until === null) this.expires.delete(fact)
    else this.expires.set(fact, until)
  }

  private lose(fact: Fact, id: string, from: Life, declined = false): void {
    this.alive.delete(fact)
    this.gone.set(fact, { id, at: this.person.clock.now(), from, declined })
  }

  private async say(fact: Fact): Promise<void> {
    this.said.push({ id: await this.person.say(fact), gone: null })
    const known = this.alive.get(fact)
    if (!known && (this.gone.has(fact) || this.corrected.has(fact))) return
    const until = this.expires.get(fact) ?? null
    const term = until !== null && until > this.person.clock.now() ? until : null
    const status = known === 'kept' || fact !== 'I like jazz.' ? 'kept' : 'suggested'
    this.live(fact, status, known ? term : null)
  }

  private async edit(fact: Fact, into: Fact): Promise<void> {
    const row = await this.rowOf(fact, ['kept', 'suggested'])
    if (!row || fact === into) return
    const taken = await this.rowOf(into, ['kept', 'suggested'])
    const edited = editMemory(this.person.ctx, { id: row.id, text: into })
    if (taken) return void (await expect(edited).rejects.toThrow())
    await edited
    const until = this.expires.get(fact) ?? null
    this.alive.delete(fact)
    this.corrected.add(fact)
    this.live(into, row.status as 'kept' | 'suggested', until)
  }

  private async restore(fact: Fact): Promise<void> {
    const gone = this.gone.get(fact)
    if (!gone) return
    const restored = restoreMemory(this.person.ctx, { id: gone.id })
    if (this.person.clock.now() >= gone.at + UNDO_MS) return void (await expect(restored).rejects.toThrow())
    await restored
    this.back(fact, gone)
  }

  private back(fact: Fact, { from }: Gone): void {
    if (from === 'superseded') this.gone.delete(fact)
    else this.live(fact, from, this.expires.get(fact) ?? null)
  }

  private async forgetMessage(back: number): Promise<void> {
    const message = this.said.at(-1 - back)
    if (!message || message.gone !== null) return
    const learned = await this.learnedFrom(message.id)
    await forgetMessage(this.person.ctx, { messageId: message.id })
    message.gone = this.person.clock.now()
    for (const { id, text, status } of learned) this.lose(text as Fact, id, status as Life)
  }

  private async restoreMessage(back: number): Promise<void> {
    const message = this.said.at(-1 - back)
    if (!message || message.gone === null) return
    await restoreMessage(this.person.ctx, { messageId: message.id })
    const inTime = this.person.clock.now() < message.gone + UNDO_MS
    for (const [fact, gone] of this.gone)
      if (inTime && gone.at === message.gone && (await this.isBack(gone.id))) this.back(fact, gone)
    message.gone = null
  }

  /** Two things may be forgotten in one moment: the message's own are those that the database has back. */
  private async isBack(id: string): Promise<boolean> {
    const row = await this.person.ctx.deps.db.prisma.memory.findFirst({ where: { userId: this.person.userId, id } })
    return row !== null && row.status !== 'forgotten' && row.status !== 'declined'
  }

  private learnedFrom(messageId: string) {
    const { ctx, userId } = this.person
    return ctx.deps.db.prisma.memory.findMany({
      where: { userId, sources: { some: { messageId } }, status: { notIn: ['forgotten', 'declined'] } },
    })
  }

  private rowOf(text: Fact, among: ('kept' | 'suggested' | 'superseded')[]) {
    const { ctx, userId } = this.person
    return ctx.deps.db.prisma.memory.findFirst({
      where: { userId, text, status: { in: among } },
      orderBy: { status: 'asc' },
    })
  }
}

export async function listed({ ctx }: Person, status: 'kept' | 'suggested' = 'kept'): Promise<string[]> {
  return (await memoryList(ctx, listInput.parse({ status }))).memories.map(({ text }) => text)
}

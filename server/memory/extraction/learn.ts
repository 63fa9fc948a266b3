import { UNDO_MS } from '#server/memory/forget.ts'
import { lockIndex, type Tx } from '#server/memory/index/lock.ts'
import { keep } from '#server/memory/keep.ts'
import { supersede } from '#server/memory/supersede.ts'
import type { Entity } from '#shared/memory.ts'
import { type Exchange, findTeaching } from './exchange.ts'
import type { Extracted } from './form.ts'
import { type Claim, finish } from './queue.ts'
import { isGrounded, saysNoMore } from './same.ts'

/**
 * Keeps what a model found in a message, by the same rules as everything: what is certain at once, the rest as a
 * suggestion, nothing twice, and nothing that was forgotten, declined or corrected. What has changed since the model
 * read it counts as it is now.
 */
export async function learn(
  tx: Tx,
  claim: Claim,
  { before, known, text, saidAt }: Exchange,
  extracted: readonly Extracted[],
  now: Date,
): Promise<void> {
  const { userId, messageId } = claim
  const { languages } = await lockIndex(tx, userId)
  if (!(await finish(tx, claim)) || !(await findTeaching(tx, claim))) return
  const said = [text, ...before.map((turn) => turn.text)]
  const candidates = await tx.memory.findMany({
    where: {
      userId,
      status: { not: 'superseded' },
      OR: [{ id: { in: known.map(({ id }) => id) } }, { sources: { some: { messageId } } }, refused(now)],
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true, text: true, status: true },
  })
  for (const fact of extracted) {
    if (!isGrounded(fact.text, said, languages)) continue
    const repeated = known[(fact.repeats ?? 0) - 1]?.id
    const same = candidates.find((each) => each.id === repeated || saysNoMore(fact.text, each.text))
    if (same) await sayAgain(tx, userId, same, messageId, now)
    else await keepFact(tx, claim, fact, known[(fact.replaces ?? 0) - 1]?.id, saidAt, now)
  }
}

/** What a person did not want lately, while it can still be read. */
function refused(now: Date) {
  const since = new Date(now.getTime() - UNDO_MS)
  return { status: { in: ['forgotten' as const, 'declined' as const] }, text: { not: '' }, forgottenAt: { gte: since } }
}

/** Nothing becomes of what was refused. */
async function sayAgain(
  tx: Tx,
  userId: string,
  { text, status }: { text: string; status: string },
  sourceMessageId: string,
  now: Date,
): Promise<void> {
  if (status !== 'kept' && status !== 'suggested') return
  await keep(tx, userId, { text, sourceMessageId, origin: 'model', decided: 'to suggest' }, now)
}

async function keepFact(
  tx: Tx,
  { userId, messageId }: Claim,
  { text, kind, certain, people, places, until }: Extracted,
  replaces: string | undefined,
  saidAt: Date,
  now: Date,
): Promise<void> {
  const end = until === null ? null : new Date(`${until}T23:59:59.999Z`)
  const expiresAt = end && end > now ? end : null
  const decided = certain ? 'to keep' : 'to suggest'
  const statement = { text, kind, expiresAt, decided, sourceMessageId: messageId, origin: 'model' } as const
  const kept = await keep(tx, userId, { ...statement, named: named(text, people, places) }, saidAt)
  if (kept && replaces) await supersede(tx, userId, [replaces], kept.id, now)
}

function named(text: string, people: string[], places: string[]): Entity[] {
  const occurs = (name: string) => text.toLowerCase().includes(name.toLowerCase())
  return [
    ...people.filter(occurs).map((name) => ({ kind: 'person' as const, name })),
    ...places.filter(occurs).map((name) => ({ kind: 'place' as const, name })),
  ]
}

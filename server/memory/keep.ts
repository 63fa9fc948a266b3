import { v7 as uuidv7 } from 'uuid'
import type { Memory } from '#server/db/generated/client.ts'
import type { Entity, MemoryOrigin } from '#shared/memory.ts'
import { describeMemory } from './describe.ts'
import { fingerprint } from './fingerprint.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { kindOf } from './learn/statements.ts'
import { takePlace } from './supersede.ts'

/** Something to be remembered. */
export interface Statement {
  /** Made by the client, so that it can send again. */
  id?: string
  text: string
  kind?: string
  tags?: string[]
  expiresAt?: Date | null
  /** Whom and what a language model says it speaks of. */
  named?: readonly Entity[]
  sourceMessageId?: string
  origin: MemoryOrigin
  /**
   * Who decided that it is worth keeping. What a person asks for is kept, even if it was forgotten before; what was
   * found in passing is kept or suggested, but never brings back what a person forgot, declined or corrected.
   */
  decided: 'by person' | 'to keep' | 'to suggest'
}

export interface Kept {
  id: string
  outcome: 'added' | 'strengthened'
}

/** Keeps or suggests a statement; one that is known is strengthened. Null when it is not to come back. */
export async function keep(tx: Tx, userId: string, statement: Statement, now: Date): Promise<Kept | null> {
  await lockIndex(tx, userId)
  const print = fingerprint(statement.text)
  const sent = statement.id ? await tx.memory.findUnique({ where: { userId_id: { userId, id: statement.id } } }) : null
  if (sent && sent.status !== 'forgotten') return { id: sent.id, outcome: 'added' }
  const known = await findKnown(tx, userId, print)
  if (!known) {
    if (statement.decided !== 'by person' && (await wasCorrected(tx, userId, print))) return null
    return { id: await create(tx, userId, statement, print, now), outcome: 'added' }
  }
  // A file may be imported twice: that is not saying it twice.
  if (statement.origin === 'import' && (known.status === 'kept' || known.status === 'suggested')) {
    return { id: known.id, outcome: 'strengthened' }
  }
  if (known.status === 'kept') return strengthen(tx, userId, known, statement, now)
  if (known.status === 'suggested') {
    await strengthen(tx, userId, known, statement, now)
    if (statement.decided === 'to suggest') return { id: known.id, outcome: 'strengthened' }
    await tx.memory.update({ where: { userId_id: { userId, id: known.id } }, data: { status: 'kept' } })
    await takePlace(tx, userId, known.id, now)
    return { id: known.id, outcome: 'added' }
  }
  if (statement.decided !== 'by person') return null
  await revive(tx, userId, known, statement, now)
  return { id: known.id, outcome: 'added' }
}

/** The memory of this fact, the liveliest first. What was superseded may become true again: that is a new memory. */
async function findKnown(tx: Tx, userId: string, print: string): Promise<Memory | null> {
  const found = await tx.memory.findMany({
    where: { userId, fingerprint: print, status: { not: 'superseded' } },
    orderBy: { createdAt: 'desc' },
  })
  const liveliest = ['kept', 'suggested', 'declined', 'forgotten'] as const
  return liveliest.flatMap((status) => found.find((memory) => memory.status === status) ?? [])[0] ?? null
}

async function wasCorrected(tx: Tx, userId: string, print: string): Promise<boolean> {
  return (await tx.memoryVersion.findFirst({ where: { userId, fingerprint: print } })) !== null
}

async function create(tx: Tx, userId: string, statement: Statement, print: string, now: Date): Promise<string> {
  const id = statement.id ?? uuidv7({ msecs: now.getTime() })
  await tx.memory.create({
    data: {
      userId,
      id,
      text: statement.text,
      fingerprint: print,
      kind: statement.kind ?? kindOf(statement.text),
      tags: statement.tags,
      expiresAt: statement.expiresAt,
      status: statement.decided === 'to suggest' ? 'suggested' : 'kept',
      origin: statement.origin,
      sourceMessageId: statement.sourceMessageId,
      validFrom: now,
      createdAt: now,
      updatedAt: now,
      lastEncodedAt: now,
    },
  })
  await addSource(tx, userId, id, statement.sourceMessageId)
  await describeMemory(tx, userId, { id, text: statement.text }, statement.named)
  if (statement.decided !== 'to suggest') await takePlace(tx, userId, id, now)
  return id
}

/** Once a message, for a message may be read again. */
async function strengthen(tx: Tx, userId: string, known: Memory, statement: Statement, now: Date): Promise<Kept> {
  const isNew = await addSource(tx, userId, known.id, statement.sourceMessageId)
  if (isNew) {
    await tx.memory.update({
      where: { userId_id: { userId, id: known.id } },
      data: {
        encodings: { increment: 1 },
        lastEncodedAt: now,
        tags: [...new Set([...known.tags, ...(statement.tags ?? [])])],
        expiresAt: expiryOf(known, statement, now),
      },
    })
  }
  return { id: known.id, outcome: 'strengthened' }
}

/** A person decides anew how long it holds; said in passing, an expired fact holds again and another keeps its term. */
function expiryOf(known: Memory, statement: Statement, now: Date): Date | null {
  if (statement.decided === 'by person') return statement.expiresAt ?? null
  return known.expiresAt && known.expiresAt > now ? known.expiresAt : null
}

/** A new life for a forgotten fact: nothing of the old one is left but that its corrected versions stay corrected. */
async function revive(tx: Tx, userId: string, known: Memory, statement: Statement, now: Date): Promise<void> {
  await tx.memoryVersion.updateMany({ where: { userId, memoryId: known.id }, data: { text: '' } })
  await tx.memorySource.deleteMany({ where: { userId, memoryId: known.id } })
  await tx.memory.update({
    where: { userId_id: { userId, id: known.id } },
    data: {
      text: statement.text,
      kind: statement.kind ?? kindOf(statement.text),
      tags: statement.tags ?? [],
      expiresAt: statement.expiresAt ?? null,
      status: 'kept',
      origin: statement.origin,
      sourceMessageId: statement.sourceMessageId ?? null,
      encodings: 1,
      recalls: 0,
      lastRecalledAt: null,
      forgottenAt: null,
      forgottenFrom: null,
      supersededById: null,
      validFrom: now,
      validTo: null,
      createdAt: now,
      lastEncodedAt: now,
    },
  })
  await addSource(tx, userId, known.id, statement.sourceMessageId)
  await describeMemory(tx, userId, { id: known.id, text: statement.text }, statement.named)
  await takePlace(tx, userId, known.id, now)
}

/** False when this message was known as a source already. */
async function addSource(tx: Tx, userId: string, memoryId: string, messageId: string | undefined): Promise<boolean> {
  if (!messageId) return true
  const { count } = await tx.memorySource.createMany({ data: { userId, memoryId, messageId }, skipDuplicates: true })
  return count > 0
}

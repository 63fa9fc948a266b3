import type { Memory, MemoryStatus } from '#server/db/generated/client.ts'
import { describeMemory } from '#server/memory/describe.ts'
import { fingerprint } from '#server/memory/fingerprint.ts'
import { lockIndex, type Tx } from '#server/memory/index/lock.ts'
import { keep } from '#server/memory/keep.ts'
import { soleFact } from '#server/memory/learn/statements.ts'
import { takePlace } from '#server/memory/supersede.ts'
import type { AdoptedMemory, ImportedMemory, Tombstone } from './imported.ts'
import { localIds } from './local-ids.ts'

/** New here; here already; forgotten or corrected here, so not to come back; or replaced by what was said later. */
export type Saved = 'added' | 'known' | 'forgotten' | 'outdated'

/** Keeps what another program remembered. */
export async function saveMemory(tx: Tx, userId: string, memory: ImportedMemory, now: Date): Promise<Saved> {
  const { createdAt, ...statement } = memory
  await lockIndex(tx, userId)
  if (createdAt && (await newerFact(tx, userId, memory.text, createdAt))) return 'outdated'
  const kept = await keep(tx, userId, { ...statement, origin: 'import', decided: 'to keep' }, createdAt ?? now)
  if (!kept) return 'forgotten'
  return kept.outcome === 'added' ? 'added' : 'known'
}

/** Takes a memory of a Moneta over with its history. What is here has the last word. */
export async function adoptMemory(tx: Tx, userId: string, memory: AdoptedMemory): Promise<Saved> {
  await lockIndex(tx, userId)
  const ids = await localIds(tx, userId, 'memory', [memory.key, memory.supersededByKey ?? memory.key])
  const id = ids(memory.key)
  const print = fingerprint(memory.text)
  const here = await standing(tx, userId, id, memory.status === 'superseded' ? null : print)
  if (here) return here === 'forgotten' || here === 'declined' ? 'forgotten' : 'known'
  const newer = memory.status === 'kept' ? await newerFact(tx, userId, memory.text, memory.validFrom) : null
  const { key: _, supersededByKey, sourceMessageKey, sourceKeys, versions, ...row } = memory
  const messages = await localIds(tx, userId, 'message', [
    ...sourceKeys,
    ...(sourceMessageKey ? [sourceMessageKey] : []),
  ])
  await tx.memory.create({
    data: {
      ...row,
      userId,
      id,
      fingerprint: print,
      sourceMessageId: sourceMessageKey && messages(sourceMessageKey),
      supersededById: supersededByKey && ids(supersededByKey),
      ...(newer ? { status: 'superseded', supersededById: newer.id, validTo: newer.validFrom } : {}),
    },
  })
  await addSources(tx, userId, id, sourceKeys.map(messages))
  await tx.memoryVersion.createMany({
    data: versions.flatMap(({ fingerprint: known, ...version }) => {
      const print = version.text ? fingerprint(version.text) : known
      return print ? [{ ...version, userId, memoryId: id, fingerprint: print }] : []
    }),
    skipDuplicates: true,
  })
  await describeMemory(tx, userId, { id, text: memory.text })
  if (memory.status === 'kept' && !newer) await takePlace(tx, userId, id, memory.validFrom)
  return 'added'
}

/** Forgets here what was forgotten there, unless it is known here: an import takes nothing away. */
export async function adoptTombstone(tx: Tx, userId: string, tombstone: Tombstone): Promise<void> {
  await lockIndex(tx, userId)
  const { key, fingerprint, status, forgottenAt, sourceKeys } = tombstone
  const id = (await localIds(tx, userId, 'memory', [key]))(key)
  if (await standing(tx, userId, id, fingerprint)) return
  const forgottenFrom = status === 'declined' ? 'suggested' : 'kept'
  const times = { validFrom: forgottenAt, createdAt: forgottenAt, lastEncodedAt: forgottenAt }
  await tx.memory.create({
    data: { userId, id, text: '', fingerprint, status, origin: 'import', forgottenAt, forgottenFrom, ...times },
  })
  const messages = await localIds(tx, userId, 'message', sourceKeys)
  await addSources(tx, userId, id, sourceKeys.map(messages))
}

/** What became here of a memory, or of another that says the same; null when there is neither. */
async function standing(tx: Tx, userId: string, id: string, print: string | null): Promise<MemoryStatus | null> {
  const same = print === null ? [] : [{ fingerprint: print, status: { not: 'superseded' as const } }]
  const found = await tx.memory.findMany({
    where: { userId, OR: [{ id }, ...same] },
    select: { id: true, status: true },
  })
  const own = found.find((memory) => memory.id === id)
  const alive = found.find(({ status }) => status === 'kept' || status === 'suggested')
  return (own ?? alive ?? found[0])?.status ?? null
}

/** What is kept here of a fact of which there can be only one, if it was said later. */
async function newerFact(tx: Tx, userId: string, text: string, said: Date): Promise<Memory | null> {
  const fact = soleFact(text)
  if (!fact) return null
  return tx.memory.findFirst({ where: { userId, soleFact: fact, status: 'kept', validFrom: { gt: said } } })
}

async function addSources(tx: Tx, userId: string, memoryId: string, messageIds: readonly string[]): Promise<void> {
  await tx.memorySource.createMany({
    data: messageIds.map((messageId) => ({ userId, memoryId, messageId })),
    skipDuplicates: true,
  })
}

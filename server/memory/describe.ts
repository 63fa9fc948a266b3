import type { Ground } from '#server/ground.ts'
import type { Entity } from '#shared/memory.ts'
import { exposeMemory } from './expose.ts'
import { lockIndex, type Tx } from './index/lock.ts'
import { readStatistics } from './index/statistics.ts'
import { entityKey, findEntities, nameCandidates, RULES_VERSION } from './learn/entities.ts'
import { soleFact } from './learn/statements.ts'
import { detectLanguage } from './text/detect.ts'
import { words } from './text/words.ts'

/**
 * Reads off a memory's text whom, where and when it speaks of, and whether there can be only one such fact, and keeps
 * that with it, and whom and what a language model `named` in it: for filters, for the network, and so that a new fact finds the one it takes the place of at once.
 */
export async function describeMemory(
  tx: Tx,
  userId: string,
  { id, text }: { id: string; text: string },
  named: readonly Entity[] = [],
): Promise<void> {
  const languages = (await readStatistics(tx, userId))?.languages ?? []
  const code = detectLanguage(words(text), languages)
  const known = await knownPeople(tx, userId, text)
  const found = [...named, ...findEntities(text, code, (key) => known.has(key))]
  const entities = new Map(found.map((entity) => [`${entity.kind} ${entityKey(entity.kind, entity.name)}`, entity]))
  await tx.memoryEntity.deleteMany({ where: { userId, memoryId: id } })
  await tx.memoryEntity.createMany({
    data: [...entities.values()].map(({ kind, name }, place) => ({
      userId,
      memoryId: id,
      kind,
      key: entityKey(kind, name),
      name,
      place,
    })),
    skipDuplicates: true,
  })
  // Not by way of Prisma, which would note that the memory was changed now.
  await tx.$executeRaw`
    update memory set sole_fact = ${soleFact(text)}, read_by = ${RULES_VERSION}
    where user_id = ${userId}::uuid and id = ${id}::uuid`
}

/** Memories that older rules described, or none, are described anew in short transactions. Returns how many there were. */
export async function describeStale({ db }: Pick<Ground, 'db'>): Promise<number> {
  const stale = await db.prisma.memory.findMany({
    where: { readBy: { lt: RULES_VERSION }, text: { not: '' } },
    select: { userId: true, id: true },
    orderBy: [{ userId: 'asc' }, { id: 'asc' }],
  })
  for (const { userId, id } of stale) {
    await db.prisma.$transaction(async (tx) => {
      await lockIndex(tx, userId)
      const memory = await tx.memory.findUnique({ where: { userId_id: { userId, id } } })
      if (!memory || memory.readBy >= RULES_VERSION) return
      await describeMemory(tx, userId, memory)
      if (memory.status === 'kept') await exposeMemory(tx, userId, id)
    })
  }
  return stale.length
}

/** Of the names in a text, those of people whom other memories speak of. */
async function knownPeople(tx: Tx, userId: string, text: string): Promise<Set<string>> {
  const keys = nameCandidates(text).map((name) => entityKey('person', name))
  if (keys.length === 0) return new Set()
  const rows = await tx.memoryEntity.findMany({
    where: { userId, kind: 'person', key: { in: keys } },
    distinct: ['key'],
    select: { key: true },
  })
  return new Set(rows.map(({ key }) => key))
}

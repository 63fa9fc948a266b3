import { Prisma } from '#server/db/generated/client.ts'
import type { Reader } from '#server/db/reader.ts'
import type { MemoryFilter } from '#shared/memory-filter.ts'
import { entityKey } from './learn/entities.ts'

/** A filter as a condition on `memory`; true for an empty one. */
export function passes({ kind, tag, entity, origin }: MemoryFilter): Prisma.Sql {
  const conditions = [
    kind && Prisma.sql`memory.kind = ${kind}`,
    tag && Prisma.sql`${tag} = any(memory.tags)`,
    origin && Prisma.sql`memory.origin = ${origin}::memory_origin`,
    entity &&
      Prisma.sql`memory.id in (
        select memory_id from memory_entity as entity
        where entity.user_id = memory.user_id and entity.kind = ${entity.kind}::entity_kind
          and entity.key = ${entityKey(entity.kind, entity.name)})`,
  ].filter((condition) => condition !== undefined)
  return conditions.length > 0 ? Prisma.join(conditions, ' and ') : Prisma.sql`true`
}

export function isFiltered(filter: MemoryFilter | undefined): filter is MemoryFilter {
  return Object.values(filter ?? {}).some((value) => value !== undefined)
}

/** The numbers in the index of the memories that pass. */
export async function numbersPassing(db: Reader, userId: string, filter: MemoryFilter): Promise<number[]> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    select text.number from memory
    join indexed_text as text on text.user_id = memory.user_id and text.source_id = memory.id
    where memory.user_id = ${userId}::uuid and memory.status = 'kept' and ${passes(filter)}`
  return rows.map(({ number }) => number)
}

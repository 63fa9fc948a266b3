import type { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { EntityKind } from '#shared/memory.ts'
import type { Facet, facetsInput, MemoryFacets } from '#shared/memory-selection.ts'
import type { Caller } from './caller.ts'
import { isAlive } from './read.ts'

const MOST = 100

/** What a person's memories can be narrowed down to, with how many there are of each, in one look at the database. */
export async function memoryFacets(
  { deps, userId }: Caller,
  { status }: z.output<typeof facetsInput>,
): Promise<MemoryFacets> {
  const listed = status === 'kept' ? isAlive(new Date(deps.clock.now())) : Prisma.sql`memory.status = 'suggested'`
  const rows = await deps.db.prisma.$queryRaw<(Facet & { facet: 'kind' | 'tag' | 'origin' | EntityKind })[]>`
    with listed as (
      select id, kind, tags, origin from memory where memory.user_id = ${userId}::uuid and ${listed}
    ),
    counted as (
      select 'kind' as facet, kind as name, count(*)::int as count from listed group by kind
      union all
      select 'tag', tag, count(*)::int from listed, unnest(tags) as tag group by tag
      union all
      select 'origin', origin::text, count(*)::int from listed group by origin
      union all
      select entity.kind::text, max(entity.name), count(*)::int
      from listed join memory_entity as entity on entity.user_id = ${userId}::uuid and entity.memory_id = listed.id
      group by entity.kind, entity.key
    ),
    ranked as (
      select *, row_number() over (partition by facet order by count desc, name) as rank from counted
    )
    select facet, name, count from ranked where rank <= ${MOST} order by rank`
  const of = (wanted: string) => rows.flatMap(({ facet, name, count }) => (facet === wanted ? [{ name, count }] : []))
  return {
    kinds: of('kind'),
    tags: of('tag'),
    people: of('person'),
    places: of('place'),
    dates: of('date'),
    origins: of('origin') as MemoryFacets['origins'],
  }
}

import type { Database } from '#server/db/database.ts'

const FOUND = 20

/** PostgreSQL's own full text over the same messages, as a chat would use it without an index of its own. */
export async function prepareFullText(db: Database): Promise<void> {
  await db.prisma.$executeRaw`
    create table bench_text as
    select user_id, id, to_tsvector('english', author_name || ': ' || text || to_char(created_at, ' DD Month YYYY')) as words
    from message`
  await db.prisma.$executeRaw`create index on bench_text (user_id)`
  await db.prisma.$executeRaw`analyze bench_text`
}

export async function searchFullText(
  db: Database,
  userId: string,
  query: string,
  need: 'all words' | 'any word',
): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ id: string }[]>`
    with asked as (
      select case when ${need} = 'all words' then websearch_to_tsquery('english', ${query})
        else replace(plainto_tsquery('english', ${query})::text, '&', '|')::tsquery end as query
    )
    select id from bench_text, asked where user_id = ${userId}::uuid and words @@ query
    order by ts_rank_cd(words, query) desc, id limit ${FOUND}`
  return rows.map(({ id }) => id)
}

import { expect, test } from 'vitest'
import { createStatementNames } from '#server/db/statement-names.ts'
import { openTestDatabase } from '../database/open.ts'

test('a statement that is run again is prepared once', async () => {
  const db = await openTestDatabase()
  const prepared = await db.prisma.$transaction(async (tx) => {
    for (const one of [1, 2, 3]) await tx.$queryRaw`select 40 + ${one}::int as sum`
    return tx.$queryRaw`select name from pg_prepared_statements where statement = 'select 40 + $1::int as sum'`
  })
  expect(prepared).toHaveLength(1)
  await db.close()
})

test('statements without end do not fill the server: beyond a number they have no name', () => {
  const nameOf = createStatementNames()
  const names = Array.from({ length: 600 }, (_, at) => nameOf({ sql: `select ${at}` }))
  expect(new Set(names.filter(Boolean)).size).toBe(500)
  expect(nameOf({ sql: 'select 0' })).toBe(names[0])
  expect(nameOf({ sql: 'select 599' })).toBe('')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openTestDatabase } from '../database/open.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('a test database is migrated and empty', async () => {
  expect(await db.prisma.user.count()).toBe(0)
})

test('each test database is its own', async () => {
  const other = await openTestDatabase()
  await db.prisma.user.create({ data: { id: crypto.randomUUID(), issuer: 'issuer', subject: 'subject' } })
  expect(await other.prisma.user.count()).toBe(0)
  await other.close()
})

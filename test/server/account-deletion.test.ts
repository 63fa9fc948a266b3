import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { message } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'
import { startServer, type TestServer } from '../harness.ts'

let db: Database
let server: TestServer

beforeAll(async () => {
  db = await openTestDatabase()
  server = (await startServer({ db })) as TestServer
})
afterAll(async () => {
  await server.close()
  await db.close()
})

/** Every table with a user_id: whichever is added later is asked too. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const tables = await db.prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'`
  const rows: Record<string, number> = {}
  for (const { name } of tables) {
    const [counted] = await db.prisma.$queryRawUnsafe<{ n: number }[]>(
      `select count(*)::int as n from "${name}" where user_id = '${userId}'`,
    )
    if (counted && counted.n > 0) rows[name] = counted.n
  }
  return rows
}

test('a deleted account leaves nothing here, ends its sessions everywhere, and leaves others alone', async () => {
  const [ada, eve] = [await server.signUp('ada@example.org'), await server.signUp('eve@example.org')]
  for (const person of [ada, eve]) {
    const api = server.api(person)
    await api.chat.send.mutate(message('I live in Lisbon. My sister is called Ida. I like owls.'))
    await api.memory.add.mutate({ text: 'Ida lives in Lisbon too', tags: ['family'] })
    await expect.poll(async () => (await api.chat.threads.query({})).last?.messages[1]?.status).toBe('complete')
  }
  const api = server.api(ada)
  const token = await ada.token()
  const { id } = await api.session.me.query()
  const { id: hers } = await server.api(eve).session.me.query()
  const before = await rowsOf(hers)
  expect(Object.keys(await rowsOf(id))).toEqual(
    expect.arrayContaining(['thread', 'message', 'memory', 'memory_entity', 'posting']),
  )

  await expect(api.session.deleteAccount.mutate({ confirm: 'yes' as 'delete my account' })).rejects.toThrow(
    /Type "delete/,
  )
  expect(await api.session.deleteAccount.mutate({ confirm: 'delete my account' })).toEqual({ remains: null })

  expect(await rowsOf(id)).toEqual({})
  expect(await db.prisma.user.findUnique({ where: { id } })).toBeNull()
  expect(await db.prisma.localAccount.findUnique({ where: { email: 'ada@example.org' } })).toBeNull()
  const late = await fetch(`${server.url}/trpc/session.me`, { headers: { authorization: `Bearer ${token}` } })
  expect(late.status).toBe(401)
  await expect(ada.signIn()).rejects.toThrow(/refused/)
  expect(await rowsOf(hers)).toEqual(before)
  expect(await server.api(eve).memory.search.query({ query: 'Lisbon' })).toMatchObject({
    hits: { length: expect.any(Number) },
  })
}, 60_000)

import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { lockIndex, type Tx } from '#server/memory/index/lock.ts'
import { recallOnly } from '#server/model/recall-only.ts'
import { createUser, message, openChat } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'

const onPostgres = inject('testDatabase').home === 'postgres'

let db: Database
let chat: Awaited<ReturnType<typeof openChat>>

beforeAll(async () => {
  db = await openTestDatabase()
  chat = await openChat({ db, model: recallOnly })
})
afterAll(async () => {
  await chat.close()
  await db.close()
})

/** The embedded database has one session: there, the other is still waiting for its turn. */
async function someoneWaits(tx: Tx) {
  if (!onPostgres) return
  await expect
    .poll(
      () =>
        tx.$queryRaw`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      { timeout: 10_000 },
    )
    .not.toEqual([])
}

test('whoever forgets and then changes a conversation does not end in a deadlock with who writes to it', async () => {
  const user = await createUser(db)
  const ana = chat.as(user)
  const first = message('Something first')
  await ana.chat.send(first)
  for (const act of [
    () => ana.chat.send(message('And then', first.threadId)),
    () => ana.chat.delete({ id: first.threadId }),
  ]) {
    let acting: Promise<unknown> = Promise.resolve()
    await db.prisma.$transaction(async (tx) => {
      await lockIndex(tx, user.id)
      acting = act()
      await someoneWaits(tx)
      await tx.thread.update({ where: { userId_id: { userId: user.id, id: first.threadId } }, data: { summary: 'x' } })
    })
    await acting
  }
})

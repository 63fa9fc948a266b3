import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { appRouter } from '#server/router.ts'
import { message } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

/** A word in everything that Ada said. Nobody else may ever be told it. */
const HERS = 'zirkonium'

let db: Database
let server: TestServer
let ada: Person
let eve: Person

beforeAll(async () => {
  db = await openTestDatabase()
  server = (await startServer({ db })) as TestServer
  ada = await server.signUp('ada@example.org')
  eve = await server.signUp('eve@example.org')
}, 60_000)
afterAll(async () => {
  await server.close()
  await db.close()
})

/** All that is kept of a person, row by row, in every table there is or will be. */
async function rowsOf(userId: string): Promise<Record<string, string>> {
  const tables = await db.prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'`
  const rows: Record<string, string> = {}
  for (const { name } of tables) {
    const [all] = await db.prisma.$queryRawUnsafe<{ text: string }[]>(
      `select coalesce(json_agg(t order by t::text), '[]')::text as text from "${name}" as t where user_id = '${userId}'`,
    )
    rows[name] = all?.text ?? ''
  }
  return rows
}

const bearer = async (person: Person) => ({ authorization: `Bearer ${await person.token()}` })

/** A call with any input at all, and the answer as it came over the wire. */
async function call(path: string, input: unknown): Promise<string> {
  const procedures: Record<string, unknown> = appRouter._def.procedures
  const { type } = (procedures[path] as { _def: { type: string } })._def
  if (type === 'subscription') {
    const url = `${server.url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`
    const hangUp = AbortSignal.timeout(5_000)
    const answer = await fetch(url, {
      headers: { ...(await bearer(eve)), accept: 'text/event-stream' },
      signal: hangUp,
    })
    const reader = answer.body?.getReader()
    let text = ''
    while (reader && !/event: (serialized-error|return)/.test(text)) {
      const { value, done } = await reader.read()
      if (done) break
      text += new TextDecoder().decode(value)
    }
    await reader?.cancel()
    return text
  }
  const headers = { ...(await bearer(eve)), 'content-type': 'application/json' }
  const body = JSON.stringify(input ?? {})
  return (await fetch(`${server.url}/trpc/${path}`, { method: 'POST', headers, body })).text()
}

test('every procedure and file, asked by one person with another’s ids and words, tells nothing and changes nothing', async () => {
  const api = server.api(ada)
  const said = message(
    `I live in ${HERS} City. My sister is called Ida ${HERS}. I like ${HERS}. Remember that ${HERS} is a metal.`,
  )
  await api.chat.send.mutate(said)
  await expect
    .poll(async () => (await api.chat.threads.query({})).last?.messages[1]?.status, { timeout: 20_000 })
    .toBe('complete')
  const gone = message(`This ${HERS} thread was deleted`)
  await api.chat.send.mutate(gone)
  await api.chat.delete.mutate({ id: gone.threadId })
  await api.chat.rename.mutate({ id: said.threadId, title: `About ${HERS}` })
  await api.chat.tag.mutate({ id: said.threadId, tags: [HERS] })
  const { memory } = await api.memory.add.mutate({ text: `The ${HERS} is in the drawer`, tags: [HERS] })
  const { memory: forgotten } = await api.memory.add.mutate({ text: `Forget ${HERS}` })
  await api.memory.forget.mutate({ id: forgotten.id })
  const [suggestion] = (await api.memory.list.query({ status: 'suggested' })).memories
  const { id: adaId } = await api.session.me.query()
  await server.api(eve).session.me.query()

  const { threadId, messageId, replyId } = said
  const own = message('Mine')
  const ids = [memory.id, forgotten.id, suggestion?.id ?? '']
  const each = (make: (id: string) => object) => ids.map(make)
  const text = `${HERS} drawer`
  const filter = { tag: HERS }
  /** What Eve might send. A procedure that is not here is one that nobody thought of: add it. */
  const inputs: Record<string, unknown[]> = {
    'session.config': [undefined],
    'session.me': [undefined],
    'session.settings': [{ timeZone: 'UTC' }],
    'memory.user': [{ days: 30 }],
    'memory.list': [{}, { status: 'suggested' }, { order: 'strongest' }, { filter }],
    'memory.facets': [{ status: 'kept' }, { status: 'suggested' }],
    'memory.matching': [{ query: text }, { threadId }, { filter }],
    'memory.get': each((id) => ({ id })),
    'memory.network': [{}, { around: memory.id }, { replyId }, { query: text }],
    'memory.search': [{ query: text }, { query: text, kind: 'memory' }, { query: text, filter: { kind: 'fact' } }],
    'memory.add': [
      { text: 'Stolen', sourceMessageId: messageId },
      { text: 'Mine now', id: memory.id },
    ],
    'memory.edit': each((id) => ({ id, text: 'Changed' })),
    'memory.forget': each((id) => ({ id })),
    'memory.restore': each((id) => ({ id })),
    'memory.forgetMany': [{ ids }, { threadId }, { query: text }, { filter }],
    'memory.restoreMany': [{ ids }],
    'memory.forgetMessage': [{ messageId }],
    'memory.restoreMessage': [{ messageId }],
    'memory.approve': each((id) => ({ id })),
    'memory.decline': each((id) => ({ id })),
    'chat.threads': [{}, { archived: true }, { tag: HERS }],
    'chat.thread': [{ id: threadId }, { id: gone.threadId }, { id: threadId, around: messageId }],
    'chat.tags': [undefined],
    'chat.search': [{ query: text }],
    'chat.export': [
      { id: threadId, format: 'json' },
      { id: threadId, format: 'markdown' },
    ],
    'chat.create': [{ id: threadId }],
    'chat.regenerate': [{ replyId, newReplyId: own.replyId }],
    'chat.continue': [{ replyId }],
    'chat.stop': [{ replyId }],
    'chat.tail': [{ replyId }],
    'chat.context': [{ replyId }],
    'chat.rename': [{ id: threadId, title: 'Mine' }],
    'chat.pin': [{ id: threadId, pinned: true }],
    'chat.archive': [{ id: threadId, archived: true }],
    'chat.remember': [{ id: threadId, remember: false }],
    'chat.tag': [{ id: threadId, tags: ['mine'] }],
    'chat.models': [undefined],
    'chat.chooseModel': [{ id: threadId, model: null }],
    'chat.delete': [{ id: threadId }],
    'chat.restore': [{ id: gone.threadId }],
    'chat.send': [
      { ...own, threadId },
      { ...own, parentId: messageId },
      { ...own, messageId },
      { ...own, replyId },
    ],
    'transfer.importState': [undefined],
    'transfer.cancelImport': [undefined],
    'memory.forgetEverything': [{ confirm: 'forget everything' }],
    'session.deleteAccount': [{ confirm: 'delete my account' }],
  }
  expect(Object.keys(appRouter._def.procedures).filter((path) => !(path in inputs))).toEqual([])

  const before = await rowsOf(adaId)
  expect(before.memory).toContain(HERS)
  for (const [path, all] of Object.entries(inputs)) {
    if (path === 'memory.forgetEverything') await files(before, adaId)
    for (const input of all) {
      const answer = await call(path, input)
      expect(answer, path).not.toContain(HERS)
      expect(answer, path).not.toMatch(/"code":"INTERNAL_SERVER_ERROR"/)
    }
  }
  expect(await rowsOf(adaId)).toEqual(before)
}, 120_000)

async function files(before: Record<string, string>, adaId: string): Promise<void> {
  for (const path of ['moneta.json', 'moneta.md']) {
    const answer = await fetch(`${server.url}/files/${path}`, { headers: await bearer(eve) })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain(HERS)
  }
  const exported = await fetch(`${server.url}/files/moneta.json`, { headers: await bearer(ada) })
  const body = await exported.text()
  expect(body).toContain(HERS)
  // What Ada gave away is Eve's from then on, under ids of her own.
  const given = await fetch(`${server.url}/files/import`, { method: 'POST', headers: await bearer(eve), body })
  expect(given.ok).toBe(true)
  expect(await rowsOf(adaId)).toEqual(before)
}

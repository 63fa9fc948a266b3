import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from '#server/db/open.ts'
import { belongingsOf, handOver, type Vouched } from '#server/identity/hand-over.ts'
import { LOCAL_ISSUER } from '#server/local-clerk/token.ts'
import { createLog } from '#server/log.ts'
import { mergeInto } from '#server/transfer/merge.ts'
import { filesOf } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { newPerson, send } = filesOf(() => server, 'heir')
const profile = { email: 'ana@clerk.example.org', name: 'Ana' }
const local = ({ subject }: Person): Vouched => ({ issuer: LOCAL_ISSUER, subject })
const atClerk = (subject: string): Vouched => ({ issuer: 'https://clerk.example.org', subject })

const FILE = JSON.stringify([{ memory: 'Keeps bees' }, { memory: 'Has a loom' }])

async function inhabit(who: Vouched) {
  const id = uuidv7()
  await server.deps.db.prisma.user.create({ data: { id, ...who } })
  return id
}

test('all that a local account has becomes a Clerk user’s, who came once and left nothing', async () => {
  const [ana, heir] = [await newPerson(), atClerk('user_heir')]
  await send(ana, FILE)
  await inhabit(heir)
  const before = await belongingsOf(server.deps.db, local(ana))
  await handOver(server.deps, local(ana), heir, profile)
  expect(await belongingsOf(server.deps.db, heir)).toEqual(before)
  expect(before).toMatchObject({ memories: 2 })
  expect(await server.deps.db.prisma.user.findUnique({ where: { id: before?.userId } })).toMatchObject(profile)
  // The server knew her, and knows at once that this is hers no more.
  await expect.poll(async () => (await server.api(ana).memory.list.query({})).memories).toEqual([])
})

test('neither somebody with nothing nor somebody with something of their own takes part', async () => {
  const [ana, bea, heir] = [await newPerson(), await newPerson(), atClerk('user_taken')]
  const nobody = { ...local(ana), subject: 'user_nobody' }
  await expect(handOver(server.deps, nobody, heir, profile)).rejects.toThrow('nothing here to hand over')
  await send(ana, FILE)
  await send(bea, '[{"memory":"Sails"}]')
  await handOver(server.deps, local(ana), heir, profile)
  await expect(handOver(server.deps, local(bea), heir, profile)).rejects.toThrow('hand over with --merge')
  expect(await belongingsOf(server.deps.db, heir)).toMatchObject({ memories: 2 })
  expect(await belongingsOf(server.deps.db, local(bea))).toMatchObject({ memories: 1 })
})

test('merged, one has what both had, and of the other nothing is left', async () => {
  const [ana, bea] = [await newPerson(), await newPerson()]
  await send(ana, FILE)
  await send(bea, '[{"memory":"Sails"},{"memory":"Keeps bees"}]')
  const { db } = server.deps
  const [from, to] = [await belongingsOf(db, local(ana)), await belongingsOf(db, local(bea))]
  await mergeInto(server.deps, { from: from?.userId ?? '', to: to?.userId ?? '' })
  expect(await belongingsOf(db, local(bea))).toMatchObject({ memories: 3 })
  expect(await belongingsOf(db, local(ana))).toBe(null)
  expect(await db.prisma.posting.count({ where: { userId: from?.userId } })).toBe(0)
  const { hits } = await server.api(bea).memory.search.query({ query: 'loom' })
  expect(hits[0]?.text).toBe('Has a loom')
})

const { home } = inject('testDatabase')

// Once is enough: the command only connects the parts.
test.runIf(home === 'pglite')(
  'the command asks, says what it did, and does it once',
  { timeout: 300_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'moneta-heir-'))
    const env = {
      ...process.env,
      DATABASE_URL: '',
      DATA_DIR: join(folder, 'data'),
      CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('clerk.example.org$').toString('base64')}`,
      CLERK_SECRET_KEY: 'sk_test_x',
      CLERK_JWT_KEY: '',
    }
    const run = (...more: string[]) =>
      promisify(execFile)('node_modules/.bin/tsx', ['scripts/hand-over.ts', ...more], { env })
    const asked = ['--from', 'Ana@example.org', '--to', 'user_ana']
    const db = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: null, log: createLog('silent') })
    await db.prisma.localAccount.create({ data: { id: 'user_local', email: 'ana@example.org', passwordHash: '' } })
    await db.prisma.user.create({
      data: { id: uuidv7(), issuer: LOCAL_ISSUER, subject: 'user_local', threads: { create: { id: uuidv7() } } },
    })
    await db.close()
    await expect(run(...asked)).rejects.toThrow('add --yes to go ahead')
    expect((await run(...asked, '--yes')).stdout).toContain(
      'user_ana now has 1 conversations, 0 messages and 0 memories.',
    )
    expect((await run(...asked, '--yes')).stdout).toContain('Nothing to do.')
    await rm(folder, { recursive: true })
  },
)

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { backup } from '#server/db/backup.ts'
import { readBackupFile, writeBackupFile } from '#server/db/backup-file.ts'
import type { Home } from '#server/db/home.ts'
import { migrate, readMigrations } from '#server/db/migrate.ts'
import { move } from '#server/db/move.ts'
import { asDatabase, openDatabase } from '#server/db/open.ts'
import { openPglite } from '#server/db/pglite.ts'
import { startPgliteThread } from '#server/db/pglite-thread.ts'
import { restore } from '#server/db/restore.ts'
import { createLog } from '#server/log.ts'
import { openTestHome } from '../database/open.ts'

const at = new Date('2026-10-25T00:30:00.001Z')
const log = createLog('silent')
let from: Home
let to: Home
let folder: string

beforeEach(async () => {
  ;[from, to] = [await openTestHome(), await openTestHome({ empty: true })]
  folder = await mkdtemp(join(tmpdir(), 'moneta-backup-'))
})
afterEach(async () => {
  await Promise.all([from.close(), to.close()])
  await rm(folder, { recursive: true })
})

/** Somebody with `messages` messages and values that are easily spoiled on the way. */
async function live({ messages }: { messages: number }, home = from) {
  const { prisma } = asDatabase(home)
  const [userId, threadId] = [randomUUID(), randomUUID()]
  await prisma.user.create({ data: { id: userId, issuer: 'test', subject: userId, createdAt: at } })
  await prisma.thread.create({ data: { userId, id: threadId, title: 'Zürich "quoted" \\N {a,NULL}' } })
  await prisma.message.createMany({
    data: Array.from({ length: messages }, (_, number) => {
      const text = `${number}:\t\n\r\u2028 '"\\ 👋🏽 שלום`
      return { userId, id: randomUUID(), threadId, author: 'user', text, createdAt: at }
    }),
  })
  const tags = ['', 'NULL', 'a,b', '{}', '"']
  await prisma.memory.create({
    data: { userId, id: randomUUID(), text: 'NULL', fingerprint: '', origin: 'person', tags, validFrom: at },
  })
  const entries = Uint8Array.from({ length: 700 }, (_, index) => index % 256)
  await prisma.posting.create({ data: { userId, term: '\\x', kind: 'message', chunk: 0, count: 1, entries } })
  await prisma.textIndex.create({ data: { userId, tokenizerVersion: 1, terms: 2n ** 60n } })
  await prisma.localClient.create({ data: { id: userId, secretHash: userId, attempts: { n: null, s: '\\n"' } } })
}

async function linesOf(home: Home): Promise<string[]> {
  const lines: string[] = []
  for await (const line of backup(home.pool)) lines.push(line)
  return lines
}

/** All rows of all tables, in an order of their own. */
const contents = async (home: Home) => (await linesOf(home)).slice(1).sort()

async function* edited(lines: string[], change: (line: string) => string = (line) => line) {
  for (const line of lines) yield change(line)
}

async function isWithoutRows(home: Home) {
  await migrate(home.pool, await readMigrations())
  return (await linesOf(home)).every((line) => !line.startsWith('['))
}

test('everything comes back from a backup file, down to the byte', async () => {
  await live({ messages: 450 })
  const file = join(folder, 'everything.backup')
  await writeBackupFile(file, backup(from.pool))
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['everything.backup'])

  expect(await restore(to.pool, readBackupFile(file))).toMatchObject({ app_user: 1, message: 450, memory: 1 })
  expect(await contents(to)).toEqual(await contents(from))
})

test('a move to the other home brings everything, and done again it changes nothing', async () => {
  await live({ messages: 3 })
  const pglite = openPglite({ start: () => startPgliteThread({ dataDir: null }), log })
  expect((await move(from.pool, pglite.pool)).already).toBe(false)
  expect(await contents(pglite)).toEqual(await contents(from))
  expect((await move(pglite.pool, to.pool)).already).toBe(false)
  expect(await contents(to)).toEqual(await contents(from))
  expect((await move(pglite.pool, to.pool)).already).toBe(true)
  await pglite.close()
})

test('neither restore nor move touches a database that holds something', async () => {
  await live({ messages: 1 })
  await migrate(to.pool, await readMigrations())
  await live({ messages: 2 }, to)
  const before = await contents(to)
  await expect(restore(to.pool, backup(from.pool))).rejects.toThrow('The database is not empty: restore into one that')
  await expect(move(from.pool, to.pool)).rejects.toThrow('The database to move to is not empty: move to one that holds')
  expect(await contents(to)).toEqual(before)
})

test('a backup from before the latest migrations is brought up to date', async () => {
  const [first = { name: '', sql: '', checksum: '' }, ...later] = await readMigrations()
  const old = await openTestHome({ empty: true })
  await migrate(old.pool, [first])
  await restore(to.pool, backup(old.pool))
  const { rows } = await to.pool.query('select migration_name as name from _prisma_migrations order by 1')
  expect(rows.map(({ name }) => name)).toEqual([first.name, ...later.map(({ name }) => name)])
  await old.close()
})

test('a move from before signatures were kept apart takes them along, and done again it changes nothing', async () => {
  const migrations = await readMigrations()
  const apart = migrations.findIndex(({ name }) => name.endsWith('_text_signatures'))
  const old = await openTestHome({ empty: true })
  await migrate(old.pool, migrations.slice(0, apart))
  await old.pool.query(`
    insert into indexed_text (user_id, kind, number, source_id, traits, length, terms)
      values ('${randomUUID()}', 'message', 7, '${randomUUID()}', 0, 1, '{owl}');
    insert into text_vector select user_id, kind, number, 'model-a', '101', '\\x7f817f' from indexed_text`)
  expect((await move(old.pool, to.pool)).already).toBe(false)
  const { rows } = await to.pool.query(`
    select kind, number, model, signature::text, encode(vector, 'hex') as vector
    from text_signature join text_vector using (user_id, kind, number, model)`)
  expect(rows).toEqual([{ kind: 'message', number: 7, model: 'model-a', signature: '101', vector: '7f817f' }])
  expect((await move(old.pool, to.pool)).already).toBe(true)
  await old.close()
})

describe('a backup that is not whole is refused, and leaves the database empty, when', () => {
  const cases: [string, (lines: string[]) => AsyncIterable<string>, string][] = [
    ['its end is missing', (lines) => edited(lines.slice(0, -1)), 'The backup is cut off'],
    ['a row is missing', (lines) => edited(lines.filter((line) => !line.includes('2:\\t'))), 'of 3 rows of message'],
    ['a row is garbled', (lines) => edited(lines, (line) => line.replace('["', '[')), 'The backup is damaged'],
    ['a value is impossible', (lines) => edited(lines, (line) => line.replace('2026-10', '2026-13')), 'out of range'],
    [
      'it is of a newer format',
      (lines) => edited(lines, (line) => line.replace('"version":1', '"version":2')),
      'newer',
    ],
    [
      'its tables are of another version',
      (lines) => edited(lines, (line) => line.replace('_init', '_x')),
      'another version',
    ],
    ['it is something else', () => edited(['{"people":[]}']), 'or is none'],
  ]
  test.each(cases)('%s', async (_, spoil, sentence) => {
    await live({ messages: 3 })
    await expect(restore(to.pool, spoil(await linesOf(from)))).rejects.toThrow(sentence)
    expect(await isWithoutRows(to)).toBe(true)
    await restore(to.pool, backup(from.pool))
    expect(await contents(to)).toEqual(await contents(from))
  })
})

test('a file that is cut off, is no backup or is not there is refused with a sentence; none is overwritten', async () => {
  await live({ messages: 450 })
  const file = join(folder, 'a.backup')
  await writeBackupFile(file, backup(from.pool))
  await expect(writeBackupFile(file, backup(from.pool))).rejects.toThrow(`${file} exists already: name another file.`)

  await truncate(file, (await stat(file)).size - 20)
  await expect(restore(to.pool, readBackupFile(file))).rejects.toThrow(
    'cannot be read as a backup: unexpected end of file',
  )
  await writeFile(file, 'hello')
  await expect(restore(to.pool, readBackupFile(file))).rejects.toThrow('cannot be read as a backup: incorrect header')
  await writeFile(file, gzipSync('hello\n'))
  await expect(restore(to.pool, readBackupFile(file))).rejects.toThrow('The backup is damaged, or is none.')
  await expect(restore(to.pool, readBackupFile(join(folder, 'b')))).rejects.toThrow('no such file')
  expect(await isWithoutRows(to)).toBe(true)
})

test('a backup that fails half-way leaves no file', async () => {
  async function* failing() {
    yield 'a line'
    throw new Error('the database is gone')
  }
  await expect(writeBackupFile(join(folder, 'a.backup'), failing())).rejects.toThrow('the database is gone')
  expect(await readdir(folder)).toEqual([])
})

const { home } = inject('testDatabase')

// PGlite has one session: nobody can write meanwhile.
test.runIf(home === 'postgres')('a backup shows one moment, whatever is written while it is taken', async () => {
  await live({ messages: 450 })
  const lines = backup(from.pool)
  const taken = [(await lines.next()).value ?? '']
  await live({ messages: 7 })
  for await (const line of lines) taken.push(line)
  expect(await restore(to.pool, edited(taken))).toMatchObject({ app_user: 1, message: 450 })
})

// Once is enough: the command only connects the parts.
test.runIf(home === 'pglite')(
  'the commands back up a data directory and restore it elsewhere',
  { timeout: 120_000 },
  async () => {
    const run = (...command: string[]) =>
      promisify(execFile)('node_modules/.bin/tsx', ['scripts/installation.ts', ...command], { env })
    const env = { ...process.env, DATABASE_URL: '', DATA_DIR: join(folder, 'data') }
    const file = join(folder, 'a.backup')
    await expect(run('backup', file)).rejects.toThrow('There is nothing in')

    const database = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: null, log })
    await database.prisma.user.create({ data: { id: randomUUID(), issuer: 'test', subject: 'one' } })
    await expect(run('backup', file)).rejects.toThrow('is in use by another process')
    await database.close()

    expect((await run('backup', file)).stdout).toContain(`Everything is in ${file}.`)
    env.DATA_DIR = join(folder, 'elsewhere')
    expect((await run('restore', file)).stdout).toBe(
      'Restored 1 rows, among them 1 people, 0 messages and 0 memories.\n',
    )
    await expect(run('restore', file)).rejects.toThrow('The database is not empty')
    await expect(run('move')).rejects.toThrow('Where to? Set DATABASE_URL to an empty PostgreSQL database.')
    expect((await readFile(file)).length).toBeGreaterThan(100)
  },
)

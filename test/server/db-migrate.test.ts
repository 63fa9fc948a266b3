import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Home } from '#server/db/home.ts'
import { MIGRATIONS, migrate, readMigrations } from '#server/db/migrate.ts'
import { openTestHome } from '../database/open.ts'

let folder: string
let home: Home

beforeAll(async () => {
  home = await openTestHome({ empty: true })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moneta-migrations-'))
})
afterEach(async () => {
  await home.pool.query('drop schema public cascade; create schema public')
  await rm(folder, { recursive: true })
})
afterAll(() => home.close())

async function writeMigration(name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

const applyAll = async () => migrate(home.pool, await readMigrations(folder))

async function history() {
  const { rows } = await home.pool.query(
    'select migration_name, checksum, finished_at from _prisma_migrations order by 1',
  )
  return rows
}

test('each migration is applied once, in the order of the names, and not again', async () => {
  await writeMigration('2_second', 'alter table note add column title text')
  await writeMigration('1_first', 'create table note (id int); create index on note (id);')
  expect(await applyAll()).toEqual(['1_first', '2_second'])
  expect(await applyAll()).toEqual([])
  await writeMigration('3_third', 'create table other (id int)')
  expect(await applyAll()).toEqual(['3_third'])
})

test('six starts at once apply each migration once', async () => {
  await cp(MIGRATIONS, folder, { recursive: true })
  const names = (await readMigrations(folder)).map(({ name }) => name)
  const applied = await Promise.all(Array.from({ length: 6 }, () => applyAll()))
  expect(applied.flat().sort()).toEqual(names)
  expect((await history()).map(({ migration_name }) => migration_name)).toEqual(names)
})

test('a migration that fails leaves nothing of itself behind, and those before it stay', async () => {
  await writeMigration('1_first', 'create table note (id int)')
  await writeMigration('2_bad', 'create table half (id int); insert into note values (1); select nonsense;')
  await expect(applyAll()).rejects.toThrow('The migration 2_bad failed: column "nonsense" does not exist')
  expect((await history()).map(({ migration_name }) => migration_name)).toEqual(['1_first'])
  expect((await home.pool.query(`select to_regclass('half') half, (select count(*) from note) notes`)).rows).toEqual([
    { half: null, notes: '0' },
  ])
  await writeMigration('2_bad', 'create table half (id int)')
  expect(await applyAll()).toEqual(['2_bad'])
})

test('a migration edited after it was applied is refused by name', async () => {
  await writeMigration('1_first', 'create table note (id int)')
  await applyAll()
  await writeMigration('1_first', 'create table note (id bigint)')
  await expect(applyAll()).rejects.toThrow('The migration 1_first was edited after it was applied')
})

test('a database that a newer version has migrated is refused', async () => {
  await writeMigration('1_first', 'create table note (id int)')
  await writeMigration('2_newer', 'create table other (id int)')
  await applyAll()
  await rm(join(folder, '2_newer'), { recursive: true })
  await expect(applyAll()).rejects.toThrow('written by a newer version (it has the migration 2_newer)')
})

test('postings are stored uncompressed', async () => {
  await migrate(home.pool, await readMigrations())
  const { rows } = await home.pool.query(
    `select attstorage from pg_attribute where attrelid = 'posting'::regclass and attname = 'entries'`,
  )
  expect(rows).toEqual([{ attstorage: 'e' }])
})

const onceOnly = test.runIf(inject('testDatabase').home === 'pglite')

onceOnly('the schema and the migrations agree, and the check notices when not', { timeout: 60_000 }, async () => {
  const check = (schema: string) =>
    promisify(execFile)('node_modules/.bin/tsx', ['scripts/migrate-new.ts', '--check', '--schema', schema])
  await check('prisma/schema.prisma')

  const drifted = join(folder, 'schema.prisma')
  const schema = await readFile('prisma/schema.prisma', 'utf8')
  await writeFile(drifted, schema.replace('@@map("memory_version")', 'note String?\n  @@map("memory_version")'))
  await expect(check(drifted)).rejects.toThrow('ALTER TABLE "memory_version" ADD COLUMN     "note" TEXT')
})

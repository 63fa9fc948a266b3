import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'

const NODE = ['--import', 'tsx', '--import', './test/database/watched-disk.mjs']
const log = createLog('silent')

// PostgreSQL looks after its own files.
describe.runIf(inject('testDatabase').home === 'pglite')('the data directory', { timeout: 60_000 }, () => {
  let parent: string
  let dataDir: string
  let migrated: string
  let child: ChildProcess | null = null

  beforeAll(async () => {
    migrated = await mkdtemp(join(tmpdir(), 'moneta-data-'))
    const { close } = await openDatabase({ dataDir: migrated, databaseUrl: null, log })
    await close()
  })
  afterAll(() => rm(migrated, { recursive: true }))
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'moneta-data-'))
    dataDir = join(parent, 'data')
  })
  afterEach(async () => {
    child?.kill('SIGKILL')
    child = null
    await rm(parent, { recursive: true })
  })

  /** Lets a process write until it has acknowledged `count` rows, then kills it in the middle of the next. */
  async function killWriter(count: number): Promise<string[]> {
    const env = { ...process.env, FLUSHES: join(parent, 'flushes') }
    const writer = spawn(process.execPath, [...NODE, 'test/database/writer.ts', dataDir], { env })
    child = writer
    const acknowledged: string[] = []
    for await (const line of createInterface(writer.stdout)) {
      acknowledged.push(line)
      if (acknowledged.length === count) writer.kill('SIGKILL')
    }
    return acknowledged
  }

  const open = () => openDatabase({ dataDir, databaseUrl: null, log })

  test('kill -9 during writes, twice over, loses no acknowledged row and tears none in two', async () => {
    await cp(migrated, dataDir, { recursive: true })
    const acknowledged: string[] = []
    for (const count of [40, 90]) acknowledged.push(...(await killWriter(count)))
    expect(acknowledged.length).toBeGreaterThanOrEqual(130)
    expect((await stat(join(parent, 'flushes'))).size).toBeGreaterThan(acknowledged.length)

    const { prisma, close } = await open()
    const messages = (await prisma.message.findMany({ select: { id: true } })).map(({ id }) => id)
    expect(messages).toEqual(expect.arrayContaining(acknowledged))
    expect(await prisma.thread.count()).toBe(messages.length)
    await close()
  })

  test('a disk that fails fails the write, and the database recovers without a restart of the process', async () => {
    await cp(migrated, dataDir, { recursive: true })
    const env = { ...process.env, BROKEN: join(parent, 'broken') }
    const program = [...NODE, 'test/database/survivor.ts', dataDir]
    const { stdout } = await promisify(execFile)(process.execPath, program, { env })
    const { failure, words } = JSON.parse(stdout)
    expect(failure).toContain('could not fsync file')
    expect(words).toEqual(expect.arrayContaining(['before', 'after']))
  })

  test('while one process has it open, a second is refused, and once the first is killed it is not', async () => {
    await cp(migrated, dataDir, { recursive: true })
    const writer = spawn(process.execPath, [...NODE, 'test/database/writer.ts', dataDir])
    child = writer
    await once(writer.stdout, 'data')
    await expect(open()).rejects.toThrow(`The data directory ${dataDir} is in use by another process`)
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    await (await open()).close()
  })

  test('what a first start that was killed half-way left behind is made anew', async () => {
    await mkdir(join(dataDir, 'pglite.new'), { recursive: true })
    await writeFile(join(dataDir, 'pglite.new', 'PG_VERSION'), '18')
    await writeFile(join(dataDir, 'format'), '1\n')
    await (await open()).close()
    expect((await readdir(dataDir)).sort()).toEqual(['format', 'lock.1', 'pglite'])
    expect((await stat(join(dataDir, 'pglite'))).mode & 0o077).toBe(0)
  })

  test.each([
    ['a newer format', async () => writeFile(join(dataDir, 'format'), '2\n'), 'written by a newer version (format 2'],
    ['a damaged format', async () => writeFile(join(dataDir, 'format'), 'x'), 'is damaged: it should say 1.'],
    ['other files', async () => writeFile(join(dataDir, 'letter.txt'), ''), 'holds other files: set DATA_DIR to'],
  ])('a directory with %s is refused and left as it is', async (_, fill, sentence) => {
    await mkdir(dataDir)
    await fill()
    const before = await readdir(dataDir)
    await expect(open()).rejects.toThrow(sentence)
    expect(await readdir(dataDir)).toEqual(before)
  })

  test('a directory that cannot be written is refused with a sentence', async () => {
    await writeFile(dataDir, '')
    await expect(open()).rejects.toThrow(
      /cannot be written \(E\w+\): correct its permissions, or set DATA_DIR to another/,
    )
  })
})

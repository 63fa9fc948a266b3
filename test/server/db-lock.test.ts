import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { DatabaseOpenError } from '#server/db/home.ts'
import { lockDirectory } from '#server/db/lock.ts'
import { FakeClock } from '../clock.ts'

// On PostgreSQL there is no data directory.
describe.runIf(inject('testDatabase').home === 'pglite')('the lock of the data directory', () => {
  let directory: string
  let clock: FakeClock
  const onLost = vi.fn()

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'moneta-lock-'))
    clock = new FakeClock()
    onLost.mockClear()
  })
  afterEach(() => rm(directory, { recursive: true }))

  const lock = () => inTime(lockDirectory({ directory, clock, onLost }))
  /** Lets time pass until `promise` is settled, at a twentieth of its duration, so that real files keep up. */
  async function inTime<T>(promise: Promise<T>): Promise<T> {
    const settled = promise.then(
      () => true,
      () => true,
    )
    while (!(await Promise.race([settled, sleep(5)]))) clock.advance(100)
    return promise
  }

  const lockFiles = async () => (await readdir(directory)).sort()

  /** A process that takes the lock, is then killed with SIGKILL, and has left its lock file behind. */
  async function killedOwner() {
    const owner = fork('test/database/lock-owner.ts', [directory], { execArgv: ['--import', 'tsx'] })
    await once(owner, 'message')
    owner.kill('SIGKILL')
    await once(owner, 'exit')
  }

  test('a second owner is refused with a sentence that says what to do', async () => {
    await lock()
    await expect(lock()).rejects.toThrow(DatabaseOpenError)
    await expect(lock()).rejects.toThrow(
      `The data directory ${directory} is in use by another process: stop it, or set DATA_DIR to another directory.`,
    )
  })

  test('released, it is free for the next, and one file is all that ever lies there', async () => {
    for (let round = 1; round <= 3; round++) {
      const release = await lock()
      expect(await lockFiles()).toEqual([`lock.${round}`])
      await release()
    }
    expect(onLost).not.toHaveBeenCalled()
  })

  test('after kill -9 the next start takes it over at once', async () => {
    await killedOwner()
    await lockDirectory({ directory, clock, onLost })
    expect(clock.monotonic()).toBe(0)
    expect(await lockFiles()).toEqual(['lock.2'])
  })

  test('a process that was given the pid of the dead owner does not keep it locked', async () => {
    await killedOwner()
    const left = JSON.parse(await readFile(join(directory, 'lock.1'), 'utf8'))
    await writeFile(join(directory, 'lock.1'), JSON.stringify({ ...left, pid: process.ppid }))
    await lock()
    expect(await lockFiles()).toEqual(['lock.2'])
  })

  test('an owner in another container keeps it as long as it touches its file, whatever its pid means here', async () => {
    await lock()
    const owner = JSON.parse(await readFile(join(directory, 'lock.1'), 'utf8'))
    await writeFile(join(directory, 'lock.1'), JSON.stringify({ ...owner, pid: 999_999, place: 'another container' }))
    await expect(lock()).rejects.toThrow('in use by another process')
  })

  test('a file that was only half written does not lock for ever', async () => {
    await writeFile(join(directory, 'lock.1'), '{"pid":')
    await lock()
    expect(await lockFiles()).toEqual(['lock.2'])
  })

  test('of ten that find it abandoned, one gets it', async () => {
    await killedOwner()
    const starts = Array.from({ length: 10 }, () => lockDirectory({ directory, clock, onLost }))
    const outcomes = await inTime(Promise.allSettled(starts))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await lockFiles()).toEqual(['lock.2'])
  })

  test('an owner that slept too long learns that another has taken over', async () => {
    await lock()
    await rm(join(directory, 'lock.1'))
    await inTime(vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), { timeout: 20_000 }))
  })
})

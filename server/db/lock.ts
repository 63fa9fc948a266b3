import { open, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#shared/clock.ts'
import { cannotWrite } from './data-directory.ts'
import { DatabaseOpenError } from './home.ts'

const BEAT_MS = 2_000
const STALE_MS = 3 * BEAT_MS
const LOOK_MS = 100

interface Owner {
  pid: number
  /** The machine, its boot and its process namespace: outside of them the pid means nothing. */
  place: string
  released: boolean
}

interface LockOptions {
  directory: string
  clock: Clock
  /** Another process took the lock, because this one seemed dead: stop writing at once. */
  onLost: () => void
}

/**
 * Holds `directory` for this process alone, also against other containers that share it.
 *
 * Lock files are numbered and the highest holds. Whoever finds it abandoned creates the next number, which the file
 * system grants to one process only, so that no lock is ever taken over twice; for the same reason a released lock
 * stays until the next owner removes it. The owner touches its file every 2 s. It is dead when its pid is gone, or,
 * where the pid proves nothing (another container, an earlier boot, a number in use again), when the file stays
 * untouched for 6 s: watched, not compared with a clock, which two machines need not share.
 *
 * @returns what releases the lock.
 * @throws {DatabaseOpenError} when a living process holds it, or its files cannot be written.
 */
export async function lockDirectory({ directory, clock, onLost }: LockOptions): Promise<() => Promise<void>> {
  const place = await currentPlace()
  const path = (number: number) => join(directory, `lock.${number}`)
  for (;;) {
    const last = await highestLock(directory)
    if (last > 0 && (await isHeld(path(last), place, clock))) {
      throw new DatabaseOpenError(
        `The data directory ${directory} is in use by another process: stop it, or set DATA_DIR to another directory.`,
      )
    }
    const number = last + 1
    const owner: Owner = { pid: process.pid, place, released: false }
    const created = await createExclusively(path(number), owner).catch((error) => {
      throw cannotWrite(directory, error)
    })
    if (!created) continue
    if ((await highestLock(directory)) === number) {
      await rm(path(last), { force: true })
      return keepBeating(path(number), owner, clock, onLost)
    }
    await rm(path(number), { force: true })
  }
}

function keepBeating(path: string, owner: Owner, clock: Clock, onLost: () => void): () => Promise<void> {
  let cancel = clock.after(BEAT_MS, beat)
  let released = false
  async function beat() {
    try {
      const now = new Date()
      await utimes(path, now, now)
    } catch {
      if (!released) onLost()
      return
    }
    if (!released) cancel = clock.after(BEAT_MS, beat)
  }
  return async () => {
    released = true
    cancel()
    await markReleased(path, owner)
  }
}

/** Leaves a file alone that is not there: another process took over and removed it. */
async function markReleased(path: string, owner: Owner): Promise<void> {
  const file = await open(path, 'r+').catch(() => null)
  await file?.truncate()
  await file?.write(JSON.stringify({ ...owner, released: true }))
  await file?.close()
}

async function isHeld(path: string, place: string, clock: Clock): Promise<boolean> {
  const owner = await readOwner(path)
  if (owner?.released) return false
  if (owner?.place === place && !isRunning(owner.pid)) return false
  const first = await lastTouched(path)
  const until = clock.monotonic() + STALE_MS
  while (clock.monotonic() < until) {
    if ((await lastTouched(path)) !== first) return !(await readOwner(path))?.released
    await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve))
  }
  return false
}

/** @returns null for a file that its owner is about to write, or that is gone. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

async function lastTouched(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function createExclusively(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function highestLock(directory: string): Promise<number> {
  const numbers = (await readdir(directory)).map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

async function currentPlace(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '')
  return [hostname(), boot.trim(), namespace].join(' ')
}

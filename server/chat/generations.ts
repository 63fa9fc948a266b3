import { faultOf } from '#server/log.ts'
import type { Models } from '#server/model/models.ts'
import { Problem } from '#server/problem.ts'
import { type Generation, startGeneration } from './generation.ts'
import type { Job, World } from './job.ts'
import { CHANNEL, interruptDead, readAnnouncement, requestStop } from './lease.ts'
import type { Reply } from './live-reply.ts'
import { describeMessage, findMessage } from './messages.ts'
import { followStored, type StoredReply } from './stored-reply.ts'

/** How often replies are looked for whose writer died, in milliseconds. */
const SWEEP_MS = 4_000
/** How long a closing process lets its replies come to their own end, in milliseconds. */
const GRACE_MS = 3_000
/** How long a closing process then tries to store their ends; after that their leases run out. */
const GIVE_UP_MS = 5_000
/** How long a stop waits for the process that is writing, in milliseconds. */
const STOP_MS = 3_000

/** The replies that are being written, by this process and others. It lives as long as the process. */
export interface Generations {
  /** Starts to write a reply whose lease is held, detached from whoever asked for it. */
  begin(job: Job): void
  /** @throws {Problem} NOT_FOUND when it is no reply of this user's. */
  follow(userId: string, replyId: string): Promise<Reply>
  /** Ends a reply with what is there of it, wherever it is written, and waits for that. */
  stop(userId: string, replyId: string): Promise<void>
  /** Lets replies finish for `graceMs` milliseconds, then marks the rest as interrupted. */
  close(graceMs?: number): Promise<void>
  readonly models: Models
}

export async function openGenerations(world: World): Promise<Generations> {
  const { clock, log } = world
  const { prisma } = world.db
  const running = new Map<string, Generation>()
  const followed = new Map<string, Promise<StoredReply>>()
  let closing = false
  let cancelSweep = () => {}

  async function sweep(alone: boolean) {
    const own = [...running.values()].map(({ owner }) => owner)
    await interruptDead(prisma, own, alone).catch((error) => {
      log.warn({ fault: faultOf(error) }, 'interrupted replies could not be looked for')
    })
    if (!closing) cancelSweep = clock.after(SWEEP_MS, () => sweep(false))
  }

  const unlisten = await world.db.listen(CHANNEL, (payload) => {
    const told = readAnnouncement(payload)
    if (!told) return
    const key = keyOf(told.userId, told.replyId)
    if (told.kind === 'stop') running.get(key)?.stop(null)
    // Whoever asked for it is told why it is not there; here that is no news.
    else
      followed.get(key)?.then(
        (reply) => reply.refresh(),
        () => {},
      )
  })
  // Only one process at a time can have the embedded database: what it finds unfinished at its start nobody is writing.
  await sweep(world.db.home === 'pglite')

  async function followElsewhere(userId: string, replyId: string, onDone: () => void): Promise<StoredReply> {
    const load = () => findMessage(prisma, userId, replyId)
    const row = await load()
    if (row?.author !== 'assistant') throw new Problem('NOT_FOUND', 'This reply does not exist.')
    return followStored(row, { clock, load, describe: (found) => describeMessage(prisma, userId, found), onDone })
  }

  async function follow(userId: string, replyId: string): Promise<Reply> {
    const key = keyOf(userId, replyId)
    const here = running.get(key)?.reply
    if (here && !here.moved) return here
    const known = followed.get(key)
    const shared = known && (await known.catch(() => null))
    // What has ended may have been begun again since.
    if (shared && !shared.end && !shared.moved) return shared
    const reading = followElsewhere(userId, replyId, drop)
    function drop() {
      if (followed.get(key) === reading) followed.delete(key)
    }
    followed.set(key, reading)
    reading.then((reply) => reply.end && drop(), drop)
    return reading
  }

  return {
    models: world.models,
    begin(job) {
      const key = keyOf(job.userId, job.replyId)
      const generation = startGeneration(world, job)
      running.set(key, generation)
      if (closing) generation.stop(RESTART)
      void generation.done.then(() => {
        if (running.get(key) === generation) running.delete(key)
      })
    },
    follow,
    async stop(userId, replyId) {
      const here = running.get(keyOf(userId, replyId))
      if (here) {
        here.stop(null)
        return here.done
      }
      if (!(await requestStop(prisma, userId, replyId))) return
      await interruptDead(
        prisma,
        [...running.values()].map(({ owner }) => owner),
        false,
      )
      const reply = await follow(userId, replyId).catch(nullIfGone)
      if (reply) await ended(reply, (run) => clock.after(STOP_MS, run))
    },
    async close(graceMs = GRACE_MS) {
      closing = true
      cancelSweep()
      const all = Promise.all([...running.values()].map(({ done }) => done))
      const cancel = clock.after(graceMs, () => {
        for (const generation of running.values()) generation.stop(RESTART)
      })
      await new Promise<void>((resolve) => {
        const cancelGivingUp = clock.after(graceMs + GIVE_UP_MS, resolve)
        void all.then(cancelGivingUp).then(resolve)
      })
      cancel()
      await unlisten()
    },
  }
}

const RESTART = 'The server was restarted while it was answering: continue from here, or retry.'

function keyOf(userId: string, replyId: string): string {
  return `${userId} ${replyId}`
}

/** Of a conversation that is deleted, a reply is still stopped, but can no longer be followed to its end. */
function nullIfGone(error: unknown): null {
  if (error instanceof Problem && error.code === 'NOT_FOUND') return null
  throw error
}

/** Resolves when the reply has ended, or when `after` runs what it was given. */
function ended(reply: Reply, after: (run: () => void) => () => void): Promise<void> {
  if (reply.end || reply.moved) return Promise.resolve()
  return new Promise((resolve) => {
    const stops: (() => void)[] = []
    const settle = () => {
      for (const stop of stops) stop()
      resolve()
    }
    stops.push(
      after(settle),
      reply.subscribe(() => {
        if (reply.end || reply.moved) settle()
      }),
    )
  })
}

import type { Ground } from '#server/ground.ts'
import { faultOf } from '#server/log.ts'
import type { Models } from '#server/model/models.ts'
import { type Exchange, readExchange } from './exchange.ts'
import { type Extracted, formFor, readForm } from './form.ts'
import { learn } from './learn.ts'
import { CHANNEL, claimNext, finish, freeAbandoned, postpone, release } from './queue.ts'

/** How often messages are looked for that nobody announced, in milliseconds: after a failure, or a death. */
const LOOK_MS = 15_000

interface World extends Ground {
  models: Pick<Models, 'named'>
}

/**
 * Has a language model read what was said for what is worth remembering: one message at a time, behind everything else,
 * and each once, whichever process dies over it. Returns what stops it; a reading under way is then given back.
 */
export async function startExtraction(world: World): Promise<() => Promise<void>> {
  const { db, clock, log } = world
  const ending = new AbortController()
  let cancel = () => {}
  let working: Promise<void> | null = null
  let again = false

  async function work(): Promise<void> {
    do {
      again = false
      while (!ending.signal.aborted && (await readNext(world, ending.signal)));
    } while (again && !ending.signal.aborted)
  }

  function look(): void {
    cancel()
    again = true
    working ??= work()
      .catch((error) => {
        if (!ending.signal.aborted) log.warn({ fault: faultOf(error) }, 'Reading for memories failed; tried again soon')
      })
      .finally(() => {
        working = null
        if (!ending.signal.aborted) cancel = clock.after(LOOK_MS, look)
      })
  }

  // Only one process at a time can have the embedded database: whoever was reading before its start is dead.
  if (db.home === 'pglite') await freeAbandoned(db.prisma, new Date(clock.now()))
  const unlisten = await db.listen(CHANNEL, look, look)
  look()
  return async () => {
    ending.abort()
    cancel()
    await unlisten()
    await working
  }
}

/** False when there was none to read. */
async function readNext(world: World, signal: AbortSignal): Promise<boolean> {
  const { db, clock, log } = world
  const now = () => new Date(clock.now())
  const claim = await claimNext(db.prisma, now())
  if (!claim) return false
  try {
    const exchange = await readExchange(world, claim)
    const found = exchange && (await ask(world, exchange, signal))
    if (signal.aborted) await release(db.prisma, claim, now())
    else if (found) await db.prisma.$transaction((tx) => learn(tx, claim, exchange, found, now()))
    else await db.prisma.$transaction((tx) => finish(tx, claim))
  } catch (error) {
    if (!signal.aborted)
      log.warn({ fault: faultOf(error), attempt: claim.attempts }, 'a message was not read for memories')
    await (signal.aborted ? release : postpone)(db.prisma, claim, now())
  }
  return true
}

class Unreadable extends Error {}

/** Null without a language model to ask. */
async function ask({ models }: World, exchange: Exchange, signal: AbortSignal): Promise<Extracted[] | null> {
  const model = models.named(exchange.model)
  if (!model.fillIn) return null
  const written = await model.fillIn(formFor(exchange), signal)
  const found = signal.aborted ? [] : readForm(written)
  if (!found) throw new Unreadable('The model did not answer with a list')
  return found
}

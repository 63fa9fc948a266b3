import { v7 } from 'uuid'
import { openGenerations } from '#server/chat/generations.ts'
import { readConfig } from '#server/config.ts'
import type { Deps } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import type { LanguageModel } from '#server/model/model.ts'
import type { Models } from '#server/model/models.ts'
import { appRouter } from '#server/router.ts'
import type { TailEvent } from '#shared/chat.ts'
import { type Clock, systemClock } from '#shared/clock.ts'
import type { Me } from '#shared/session.ts'
import { createScriptedModel } from './scripted-model.ts'
import { applyEvent, emptySeen, type Seen } from './seen.ts'

interface Options {
  db: Database
  model?: LanguageModel | Models
  clock?: Clock
}

/** One server process's chat: the real router on a real database. Several may share a database. */
export async function openChat({ db, model = createScriptedModel(), clock = systemClock }: Options) {
  const config = readConfig({})
  const log = createLog('silent')
  const models: Models = 'reply' in model ? { named: () => model, options: async () => [] } : model
  const chat = await openGenerations({ db, embedder: null, clock, log, models, contextTokens: config.contextTokens })
  const deps: Deps = {
    config,
    db,
    clock,
    log,
    identity: { identify: () => Promise.resolve({ state: 'nobody', reason: 'missing' }), close: async () => {} },
    chat,
    embedder: null,
    publicConfig: { identity: 'local', publishableKey: '', model: models.named(null).name },
  }
  return {
    deps,
    /** The API as a person calls it. */
    as: (user: Me, signal = new AbortController().signal) =>
      appRouter.createCaller({ deps, caller: { state: 'user', user }, signal }),
    /** As when the process is told to end, without the wait for replies to end by themselves. */
    close: () => chat.close(0),
  }
}

export type Caller = ReturnType<Awaited<ReturnType<typeof openChat>>['as']>

export async function createUser({ prisma }: Database): Promise<Me> {
  const user = await prisma.user.create({ data: { id: v7(), issuer: 'test', subject: v7(), timeZone: 'UTC' } })
  const { id, email, name, timeZone, locale, createdAt } = user
  return { id, email, name, timeZone, locale, createdAt: createdAt.toISOString() }
}

/** A new message, to a new thread unless one is named. */
export function message(text: string, threadId = v7()) {
  return { threadId, messageId: v7(), replyId: v7(), text }
}

/**
 * Reads a tail as a client does. It stops after the event for which `enough` holds, or at the end.
 *
 * @param seen what was seen before a cut.
 */
export async function readTail(
  caller: Caller,
  replyId: string,
  { seen, enough = () => false }: { seen?: Seen; enough?: (seen: Seen) => boolean } = {},
): Promise<Seen> {
  const state = seen ?? emptySeen()
  for await (const envelope of await caller.chat.tail({ replyId, lastEventId: state.lastEventId })) {
    // Without HTTP in between, an event is still as `tracked()` made it.
    const [id, event] = envelope as unknown as [string, TailEvent]
    applyEvent(state, id, event)
    if (enough(state)) break
  }
  return state
}

import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { createModels } from '#server/model/models.ts'
import { type Clock, systemClock } from '#shared/clock.ts'
import { openTestDatabase } from '../database/open.ts'
import { type ModelServer, type Script, startModelServer } from '../model-server.ts'
import { createUser, message, openChat, readTail } from './world.ts'

type Provider = NonNullable<Config['model']>['provider']

interface Options {
  db: Database
  server: ModelServer
  provider?: Provider
  /** Where the model is said to be, if not where it is. */
  baseUrl?: string
  clock?: Clock
}

export const API_KEY = 'sk-secret'

/** A person's chat with a model behind HTTP. */
export async function openModelChat({
  db,
  server,
  provider = 'openai-compatible',
  baseUrl = server.url,
  clock = systemClock,
}: Options) {
  const settings = { provider, names: ['small-model', 'large-model'], baseUrl, apiKey: API_KEY }
  const chat = await openChat({ db, model: createModels(settings, clock, `${new URL(server.url).origin}/ollama`) })
  const ana = chat.as(await createUser(db))
  return {
    ana,
    /** Asks, and reads the answer to its end. */
    async ask(script: Script, text = 'What is new?') {
      server.script = script
      const input = message(text)
      await ana.chat.send(input)
      const { end } = await readTail(ana, input.replyId)
      return { ...input, reply: end?.reply }
    },
    close: chat.close,
  }
}

interface ModelChat extends Awaited<ReturnType<typeof openModelChat>> {
  server: ModelServer
  /** Opens the chat anew, as with another setting. */
  reopen(options: Pick<Options, 'baseUrl' | 'clock'>): Promise<void>
}

/**
 * The same for the tests of a file, which share a database and have the rest for themselves: read it from what is
 * returned within the test.
 */
export function modelChat(): ModelChat {
  const world = {} as ModelChat
  let db: Database
  const open = async (options: Pick<Options, 'baseUrl' | 'clock'>) =>
    Object.assign(world, await openModelChat({ db, server: world.server, ...options }))

  beforeAll(async () => {
    db = await openTestDatabase()
  })
  afterAll(() => db?.close())
  beforeEach(async () => {
    world.server = await startModelServer()
    world.reopen = async (options) => {
      await world.close()
      await open(options)
    }
    await open({})
    return async () => {
      await world.close()
      await world.server.close()
    }
  })
  return world
}

import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Database } from '#server/db/database.ts'
import type { Me } from '#shared/session.ts'
import { openTestDatabase } from '../database/open.ts'
import { createScriptedModel, type ScriptedModel } from './scripted-model.ts'
import { type Caller, createUser, openChat } from './world.ts'

interface ScriptedChat {
  db: Database
  chat: Awaited<ReturnType<typeof openChat>>
  model: ScriptedModel
  user: Me
  /** The API as that user calls it. */
  ana: Caller
}

/**
 * A server's chat whose model says what the test tells it to. A database for the tests of a file, the rest anew for each
 * test: read it from what is returned within the test.
 */
export function scriptedChat(): Readonly<ScriptedChat> {
  const world = {} as ScriptedChat
  beforeAll(async () => {
    world.db = await openTestDatabase()
  })
  afterAll(() => world.db?.close())
  beforeEach(async () => {
    const { db } = world
    const model = createScriptedModel()
    const chat = await openChat({ db, model })
    const user = await createUser(db)
    Object.assign(world, { model, chat, user, ana: chat.as(user) })
    return () => chat.close()
  })
  return world
}

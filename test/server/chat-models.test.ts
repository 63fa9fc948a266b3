import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createModels } from '#server/model/models.ts'
import { systemClock } from '#shared/clock.ts'
import { type Caller, createUser, message, openChat, readTail } from '../chat/world.ts'
import { openTestDatabase } from '../database/open.ts'
import { type ModelServer, saying, startModelServer } from '../model-server.ts'

let db: Database
let server: ModelServer
let chat: Awaited<ReturnType<typeof openChat>>
let ana: Caller

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  server = await startModelServer(saying('Hello.'))
  await open(['small', 'large'])
  return async () => {
    await chat.close()
    await server.close()
  }
})

async function open(names: string[]) {
  await chat?.close()
  const settings = { provider: 'openai-compatible' as const, names, baseUrl: server.url, apiKey: null }
  const ollama = `${new URL(server.url).origin}/ollama`
  chat = await openChat({ db, model: createModels(names.length > 0 ? settings : null, systemClock, ollama) })
  ana = chat.as(await createUser(db))
}

async function ask(threadId?: string) {
  const input = message('Hello?', threadId)
  await ana.chat.send(input)
  await readTail(ana, input.replyId)
  return { ...input, model: server.asked.at(-1)?.model }
}

describe('chat.models', () => {
  it('names what is configured, the default first, then what an Ollama on this machine has', async () => {
    server.installed = ['llama3.2:latest']
    expect(await ana.chat.models()).toEqual([
      { id: 'small', name: 'small', source: 'configured' },
      { id: 'large', name: 'large', source: 'configured' },
      { id: 'ollama:llama3.2:latest', name: 'llama3.2:latest', source: 'ollama' },
    ])
  })

  it('is not held up by something that never answers there', async () => {
    server.installed = null
    const begun = performance.now()
    expect(await ana.chat.models()).toHaveLength(2)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('a thread', () => {
  it('is answered by the default model, then by the one it chose, then by the default again', async () => {
    const { threadId, model } = await ask()
    expect(model).toBe('small')
    expect(await ana.chat.chooseModel({ id: threadId, model: 'large' })).toMatchObject({ model: 'large' })
    const second = await ask(threadId)
    expect(second.model).toBe('large')
    const { messages } = await ana.chat.thread({ id: threadId })
    expect(messages.at(-1)?.model).toBe('large')
    await ana.chat.chooseModel({ id: threadId, model: null })
    expect((await ask(threadId)).model).toBe('small')
  })

  it('can be answered by a model that was found, where none is configured', async () => {
    await open([])
    server.installed = ['tiny']
    const { threadId } = await ask()
    expect(server.asked).toHaveLength(0)
    await ana.chat.chooseModel({ id: threadId, model: 'ollama:tiny' })
    expect((await ask(threadId)).model).toBe('tiny')
  })

  it('is answered by the default model when its own is gone', async () => {
    const { threadId } = await ask()
    await ana.chat.chooseModel({ id: threadId, model: 'large' })
    const user = await db.prisma.thread.findFirstOrThrow({ where: { id: threadId } })
    await db.prisma.thread.updateMany({ where: { userId: user.userId, id: threadId }, data: { model: 'retired' } })
    expect((await ask(threadId)).model).toBe('small')
  })

  it('refuses a model that is not offered', async () => {
    const { threadId } = await ask()
    const refused = ana.chat.chooseModel({ id: threadId, model: 'other' })
    await expect(refused).rejects.toThrow(/not available: choose another/)
  })

  it('is found by its tags', async () => {
    const [one, two] = [await ask(), await ask()]
    expect(await ana.chat.tag({ id: one.threadId, tags: ['work', 'porto', 'work'] })).toMatchObject({
      tags: ['work', 'porto'],
    })
    await ana.chat.tag({ id: two.threadId, tags: ['home'] })
    expect((await ana.chat.threads({ tag: 'porto' })).threads.map(({ id }) => id)).toEqual([one.threadId])
    expect((await ana.chat.threads({ tag: 'none' })).threads).toEqual([])
    expect(await ana.chat.tags()).toEqual(['home', 'porto', 'work'])
    await ana.chat.delete({ id: two.threadId })
    expect(await ana.chat.tags()).toEqual(['porto', 'work'])
  })
})

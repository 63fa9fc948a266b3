import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ServerProcess, signUp, spawnServer } from '../chat/spawn.ts'
import { createTestDatabase } from '../database/open.ts'

const CONVERSATIONS = 80
const TOOLS = 'The results of a tool. '.repeat(45_000)
const BYTES = CONVERSATIONS * TOOLS.length

let dataDir: string
let server: ServerProcess

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'moneta-large-'))
  const onPostgres = inject('testDatabase').home === 'postgres'
  server = await spawnServer({
    DATA_DIR: dataDir,
    ...(onPostgres ? { DATABASE_URL: await createTestDatabase() } : {}),
  })
})
afterAll(async () => {
  await server.kill('SIGTERM')
  await rm(dataDir, { recursive: true })
})

/** As ChatGPT exports them: what is said is little, what is passed over is much. */
function* conversations(): Generator<string> {
  const node = (parent: string | null, role: string, text: string) => ({
    parent,
    message: { author: { role }, create_time: 1_700_000_000, content: { parts: [text] } },
  })
  for (let number = 0; number < CONVERSATIONS; number++) {
    const mapping = { a: node(null, 'user', `The garden, part ${number}`), b: node('a', 'tool', TOOLS) }
    yield `${number === 0 ? '[' : ','}${JSON.stringify({ id: `${number}`, create_time: 1_700_000_000, mapping })}`
  }
  yield ']'
}

/** The most memory that is in use at once until then, garbage aside, in bytes. */
async function mostInUse(end: Promise<unknown>): Promise<number> {
  let ended = false
  const noted = end.finally(() => {
    ended = true
  })
  let most = 0
  while (!ended) {
    most = Math.max(most, (await server.usage()).memory)
    await Promise.race([wait(50), noted])
  }
  return most
}

test('of a file of any size, a conversation at a time is in memory', async () => {
  const person = await signUp(server.url)
  const authorization = `Bearer ${await person.token()}`
  const { memory: before } = await server.usage()

  const upload = request(`${server.url}/files/import`, { method: 'POST', headers: { authorization } })
  const answer = once(upload, 'response').then(([response]) => json(response))
  const sent = pipeline(Readable.from(conversations()), upload)
  const most = await mostInUse(Promise.all([sent, answer]))

  expect(await answer).toMatchObject({ conversations: CONVERSATIONS, messages: CONVERSATIONS })
  expect(most - before).toBeLessThan(BYTES / 2)
})

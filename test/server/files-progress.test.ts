import { type ClientRequest, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { filesOf } from '../files.ts'
import { startServer, type TestServer } from '../harness.ts'
import type { Person } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { newPerson, send } = filesOf(() => server, 'progress')

const FILE = JSON.stringify([{ memory: 'Keeps bees' }, { memory: 'Has a loom' }])

/** An upload that takes its time: what is sent, and when, is the test's to say. */
async function beginUpload(person: Person, length = FILE.length) {
  const headers = { authorization: `Bearer ${await person.token()}`, 'content-length': `${length}` }
  const upload: ClientRequest = request(`${server.url}/files/import`, { method: 'POST', headers })
  const answer = new Promise<{ status?: number; body: unknown }>((resolve, reject) => {
    upload.on('error', reject)
    upload.on('response', async (response) =>
      resolve({ status: response.statusCode, body: JSON.parse(await text(response)) }),
    )
  })
  answer.catch(() => {})
  upload.flushHeaders()
  return { upload, answer }
}

const state = (person: Person) => server.api(person).transfer.importState.query()

const reaches = (person: Person, expected: object) =>
  vi.waitFor(async () => expect(await state(person)).toMatchObject(expected), { timeout: 40_000 })

test('there is nothing to tell before the first import', async () => {
  expect(await state(await newPerson())).toBe(null)
})

test('how far a file is can be asked while it comes, and what it came to afterwards', async () => {
  const person = await newPerson()
  const { upload, answer } = await beginUpload(person)
  await reaches(person, { status: 'receiving', done: 0, total: FILE.length, problem: null })
  server.clock.advance(1_000)
  upload.write(FILE.slice(0, 10))
  await reaches(person, { status: 'receiving', done: 10 })
  upload.end(FILE.slice(10))
  expect(await answer).toMatchObject({ status: 200, body: { memories: 2 } })
  expect(await state(person)).toMatchObject({ status: 'done', summary: { memories: 2 }, problem: null })
})

test('one file at a time a person; others bring theirs meanwhile', async () => {
  const [person, other] = [await newPerson(), await newPerson()]
  const { upload, answer } = await beginUpload(person)
  await reaches(person, { status: 'receiving' })
  expect(await send(person, FILE)).toMatchObject({
    status: 409,
    body: { message: 'Another file of yours is being imported: wait until it is done, or cancel it.' },
  })
  expect((await send(other, FILE)).status).toBe(200)
  upload.end(FILE)
  expect((await answer).status).toBe(200)
  expect(await send(person, FILE)).toMatchObject({ status: 200, body: { memories: 0, known: { memories: 2 } } })
})

test('a file outlasts the token it came with', async () => {
  const person = await newPerson()
  const { upload, answer } = await beginUpload(person)
  await reaches(person, { status: 'receiving' })
  for (let at = 0; at < 8; at++) {
    server.clock.advance(20_000)
    upload.write(FILE[at])
    await reaches(person, { done: at + 1 })
  }
  upload.end(FILE.slice(8))
  expect(await answer).toMatchObject({ status: 200, body: { memories: 2 } })
})

test('a connection that breaks says so, and the same file goes on', async () => {
  const person = await newPerson()
  const { upload } = await beginUpload(person)
  await reaches(person, { status: 'receiving' })
  upload.write(FILE.slice(0, 20))
  upload.destroy()
  await reaches(person, {
    status: 'failed',
    problem: 'The connection broke before the whole file was here: send it again.',
  })
  expect(await send(person, FILE)).toMatchObject({ status: 200, body: { memories: 2 } })
  expect(server.logged.filter((line) => line.includes('a request failed'))).toEqual([])
})

test('cancelled, it ends', async () => {
  const person = await newPerson()
  const { upload, answer } = await beginUpload(person)
  await reaches(person, { status: 'receiving' })
  await server.api(person).transfer.cancelImport.mutate()
  expect(await state(person)).toMatchObject({ status: 'cancelled' })
  server.clock.advance(1_000)
  upload.end(FILE)
  expect(await answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('was cancelled') } })
  expect(await state(person)).toMatchObject({ status: 'cancelled', summary: { memories: 0 } })
})

test('an import whose server is gone is interrupted, and another may take its place', async () => {
  const person = await newPerson()
  const { upload, answer } = await beginUpload(person)
  await reaches(person, { status: 'receiving' })
  server.clock.advance(31_000)
  expect(await state(person)).toMatchObject({ status: 'interrupted' })
  expect((await send(person, FILE)).status).toBe(200)
  upload.end(FILE)
  expect((await answer).status).toBe(409)
  expect(await state(person)).toMatchObject({ status: 'done', summary: { memories: 2 } })
})

test('a whole file is taken in though nobody waits for the answer', { timeout: 60_000 }, async () => {
  const person = await newPerson()
  const memories = JSON.stringify(Array.from({ length: 15 }, (_, at) => ({ memory: `Number ${at} of many` })))
  const { upload } = await beginUpload(person, memories.length)
  await new Promise<void>((resolve) => upload.end(memories, resolve))
  await vi.waitFor(async () => expect((await state(person))?.status).toMatch(/reading|done/), { timeout: 40_000 })
  upload.destroy()
  await reaches(person, { status: 'done', summary: { memories: 15 } })
})

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failToStart, startProcess } from './moneta-process.ts'

/** Made by the first start, and opened again by each that follows: a start that fails must leave it whole. */
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moneta-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const starts = (environment: Record<string, string> = {}) =>
  startProcess({ DATA_DIR: join(folder, 'data'), ...environment })

async function fails(environment: Record<string, string>) {
  const { code, said } = await failToStart({ DATA_DIR: join(folder, 'data'), ...environment })
  expect(code).toBe(1)
  expect(said, 'no stack trace for what the operator can mend').not.toMatch(/^\s+at /m)
  return said
}

test('starts, answers, and ends in order when it is asked to', async () => {
  const moneta = await starts()
  expect(await (await fetch(`${moneta.url}/readyz`)).json()).toEqual({ status: 'ok' })
  expect(await moneta.stop()).toBe(0)
})

test('says which port is taken and what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  expect(await fails({ PORT: String(port) })).toContain(
    `Port ${port} is taken by another program: stop it, or set PORT to a free one.`,
  )
  taken.close()
})

test('lists everything that is wrong with the environment at once', async () => {
  const said = await fails({ CLERK_SECRET_KEY: 'sk_live_x', PORT: 'eighty', HOST: '0.0.0.0' })
  expect(said).toContain('PORT must be a whole number from 0 to 65,535')
  expect(said).toContain('CLERK_PUBLISHABLE_KEY is missing: set both Clerk keys, or neither for local accounts')
})

test('refuses local accounts on an address that others can reach, unless that is wanted', async () => {
  expect(await fails({ HOST: '0.0.0.0' })).toContain('IDENTITY=local if this is wanted')
  const moneta = await starts({ HOST: '0.0.0.0', IDENTITY: 'local' })
  expect(await moneta.stop()).toBe(0)
})

test('says that the data directory cannot be written', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  expect(await fails({ DATA_DIR: join(file, 'data') })).toMatch(/DATA_DIR/)
})

test('refuses a data directory that another process uses, and leaves that one alone', async () => {
  const first = await starts()
  expect(await fails({})).toMatch(/in use|another/i)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  await first.stop()
})

test('says that the database cannot be reached, without its password', async () => {
  const said = await fails({ DATABASE_URL: 'postgres://moneta:s3cret@127.0.0.1:1/moneta' })
  expect(said).toContain('cannot be reached')
  expect(said).not.toContain('s3cret')
})

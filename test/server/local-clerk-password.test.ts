import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hashPassword, verifyPassword } from '#server/local-clerk/password.ts'
import { setPassword } from '#server/local-clerk/set-password.ts'
import { startServer, type TestServer } from '../harness.ts'
import { createBrowser, PASSWORD } from '../person.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('A kept password', () => {
  it('is salted, hard to guess at, and known again', async () => {
    const hash = await hashPassword(PASSWORD)
    expect(hash).toMatch(/^\$scrypt\$ln=16,r=8,p=2\$/)
    expect(await hashPassword(PASSWORD)).not.toBe(hash)
    expect(await verifyPassword(PASSWORD, hash)).toBe(true)
    expect(await verifyPassword(`${PASSWORD} `, hash)).toBe(false)
    expect(await verifyPassword(PASSWORD, null)).toBe(false)
  })
})

describe('Setting a forgotten password', () => {
  it('lets the person in with the new one only, and ends every session of the account', async () => {
    const ada = await server.signUp('ada@example.com')
    const other = await server.signUp('other@example.com')
    const token = await ada.token()
    expect(await setPassword(server.deps, 'ADA@example.com', 'a new beginning')).toBe(1)

    const call = async () => {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(`${server.url}/trpc/session.me`, { headers })
      return (await response.json()).error?.data.auth.reason
    }
    await expect.poll(call).toBe('revoked')
    const signIn = (password: string) =>
      createBrowser(server.url).ask('/client/sign_ins', { identifier: 'ada@example.com', password })
    expect((await signIn(PASSWORD)).status).toBe(422)
    expect((await signIn('a new beginning')).status).toBe(200)
    expect(await other.token()).toBeTruthy()
  })

  it('refuses one that is too short, and an account that is not there', async () => {
    await server.signUp('short@example.com')
    await expect(setPassword(server.deps, 'short@example.com', '1234')).rejects.toThrow(/at least 8/)
    await expect(setPassword(server.deps, 'nobody@example.com', PASSWORD)).rejects.toThrow(/no account/)
  })

  it.runIf(inject('testDatabase').home === 'pglite')('works from the command line, by a pipe', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'moneta-password-'))
    const run = async (args: string[], input: string) => {
      const env = { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir, DATABASE_URL: '' }
      const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/password.ts', ...args], { env })
      let said = ''
      child.stderr.on('data', (chunk) => {
        said += chunk
      })
      child.stdin.end(input)
      const [code] = await once(child, 'close')
      return { code, said }
    }
    expect(await run([], '')).toEqual({ code: 1, said: 'Whose? npm run password -- EMAIL\n' })
    expect(await run(['ada@example.com'], `${PASSWORD}\n`)).toEqual({
      code: 1,
      said: 'There is no account with ada@example.com here.\n',
    })
    await rm(dataDir, { recursive: true })
  })
})

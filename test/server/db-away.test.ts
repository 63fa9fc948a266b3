import { connect, createServer, type Server, type Socket } from 'node:net'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { asDatabase } from '#server/db/open.ts'
import { openPostgres } from '#server/db/postgres.ts'
import { createLog } from '#server/log.ts'
import { systemClock } from '#shared/clock.ts'
import { createTestDatabase } from '../database/open.ts'
import { startServer } from '../harness.ts'

/** A cable that can be pulled and plugged in again. */
async function cable(to: { host: string; port: number }) {
  const ends = new Set<Socket>()
  const accept = (near: Socket) => {
    const far = connect(to.port, to.host)
    for (const end of [near, far]) ends.add(end.on('error', () => {}).on('close', () => ends.delete(end)))
    near.pipe(far).pipe(near)
  }
  let server: Server
  const plug = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer(accept).listen(port, '127.0.0.1', () =>
        resolve((server.address() as { port: number }).port),
      )
    })
  const port = await plug(0)
  const pull = () => {
    server.close()
    for (const end of ends) end.destroy()
  }
  return { port, pull, plug: () => plug(port) }
}

test.skipIf(process.env.TEST_DATABASE !== 'postgres')(
  'a database that goes away is said to be away, costs nobody their session, and is used again when it is back',
  async () => {
    const real = new URL(await createTestDatabase())
    const line = await cable({ host: real.hostname, port: Number(real.port || 5432) })
    real.host = `127.0.0.1:${line.port}`
    const log = createLog('silent')
    const db = asDatabase(await openPostgres({ databaseUrl: real.href, clock: systemClock, log }))
    const server = await startServer({ db })
    const person = await server.signUp('ada@example.org')
    const token = await person.token()
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
    const message = { threadId: uuid(), messageId: uuid(), replyId: uuid(), text: 'Are you there?' }
    const send = () =>
      ask('/trpc/chat.send', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      })
    expect((await ask('/trpc/memory.user')).status).toBe(200)

    line.pull()
    const away = await send()
    expect(away.status).toBe(503)
    expect((await away.json()).error.message).toMatch(/cannot be reached at the moment|cannot check who you are/)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)

    await line.plug()
    expect((await send()).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(200)
    await server.close()
    await db.close()
    line.pull()
  },
)

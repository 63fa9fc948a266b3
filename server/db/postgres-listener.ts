import type { Client } from 'pg'
import { faultOf, type Log } from '#server/log.ts'
import type { Clock } from '#shared/clock.ts'
import type { Database } from './database.ts'
import { Listeners } from './listeners.ts'

const RETRY_MS = 1_000

interface ListenerOptions {
  connect: () => Client
  clock: Clock
  log: Log
}

/**
 * LISTEN on a connection of its own, made at the first `listen`. When it breaks, it is made again once a second until
 * it stands; then every channel is listened to again and every listener told that it may have missed something.
 */
export function createPostgresListener({ connect, clock, log }: ListenerOptions) {
  const listeners = new Listeners()
  let connected: Promise<Client> | null = null
  let cancelRetry = () => {}
  let closed = false
  let lastStatement: Promise<unknown> = Promise.resolve()

  /** One statement after another: the driver takes no second one before the first is answered. */
  function run(statement: string): Promise<unknown> {
    lastStatement = lastStatement.catch(() => {}).then(async () => (await connection()).query(statement))
    return lastStatement
  }

  function connection(): Promise<Client> {
    connected ??= open().catch((error) => {
      connected = null
      throw error
    })
    return connected
  }

  async function open(): Promise<Client> {
    const client = connect()
    client.on('notification', ({ channel, payload }) => listeners.deliver(channel, payload ?? ''))
    client.on('error', (error) =>
      log.warn({ fault: faultOf(error) }, 'The connection that listens to the database broke'),
    )
    try {
      await client.connect()
      if (listeners.listenAll) await client.query(listeners.listenAll)
    } catch (error) {
      await client.end()
      throw error
    }
    client.once('end', () => {
      connected = null
      if (!closed) retry()
    })
    return client
  }

  function retry() {
    cancelRetry = clock.after(RETRY_MS, () => {
      connection().then(() => listeners.announceGap(), retry)
    })
  }

  const listen: Database['listen'] = async (channel, onPayload, onGap = () => {}) => {
    const listener = { onPayload, onGap }
    const statement = listeners.add(channel, listener)
    try {
      await run(statement)
    } catch (error) {
      listeners.remove(channel, listener)
      throw error
    }
    return async () => {
      const unlisten = listeners.remove(channel, listener)
      // A connection that is gone listens to nothing, and the next one will not ask for this channel.
      if (unlisten && connected) await run(unlisten).catch(() => {})
    }
  }

  return {
    listen,
    async close() {
      closed = true
      cancelRetry()
      await connected?.then((client) => client.end()).catch(() => {})
    },
  }
}

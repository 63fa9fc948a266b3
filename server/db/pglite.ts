import type { MessagePort } from 'node:worker_threads'
import pg from 'pg'
import { faultOf, type Log } from '#server/log.ts'
import { DatabaseOpenError, type Home } from './home.ts'
import { Listeners } from './listeners.ts'
import { PgliteStream } from './pglite-stream.ts'
import type { PgliteThread } from './pglite-thread.ts'

interface PgliteOptions {
  start: () => Promise<PgliteThread>
  log: Log
}

/**
 * PGlite in the thread that `start` starts, behind the very driver that speaks to PostgreSQL: its wire protocol passes through a
 * message port instead of a socket, so that types, errors, transactions and notifications have one implementation. The
 * thread is started at once and waited for by the first query, which is told if PGlite does not open its files.
 *
 * PGlite has a single session, hence a pool of one connection: whoever, inside a transaction, waits for a query outside
 * of it waits until the transaction times out. Should the thread die, the next query starts another, which recovers
 * from the log as PostgreSQL does.
 */
export function openPglite({ start, log }: PgliteOptions): Home {
  let thread: Promise<PgliteThread> | null = null

  function running(): Promise<PgliteThread> {
    thread ??= start().then(
      (started) => {
        started.ended.then((failure) => {
          thread = null
          if (failure) log.error({ fault: faultOf(failure) }, 'The embedded database has stopped')
        })
        return started
      },
      (error) => {
        thread = null
        if (error instanceof DatabaseOpenError) throw error
        throw new DatabaseOpenError(`The embedded database does not start: ${error.message}.`, { cause: error })
      },
    )
    return thread
  }

  async function connect(): Promise<MessagePort> {
    const port = await (await running()).connect()
    return port ?? connect()
  }

  running().catch(() => {})
  const listeners = new Listeners()
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    stream: () => new PgliteStream(connect),
    // The driver drops its connection after an error; PGlite's session outlives it and must not hand on its state.
    async onConnect(client) {
      await client.query('rollback')
      await client.query('discard all')
      client.on('notification', ({ channel, payload }) => listeners.deliver(channel, payload ?? ''))
      if (listeners.listenAll) await client.query(listeners.listenAll)
    },
  })
  pool.on('error', (error) => log.error({ fault: faultOf(error) }, 'The connection to the embedded database broke'))

  return {
    home: 'pglite',
    pool,
    async listen(channel, onPayload, onGap = () => {}) {
      const listener = { onPayload, onGap }
      await pool.query(listeners.add(channel, listener))
      return async () => {
        const unlisten = listeners.remove(channel, listener)
        if (unlisten) await pool.query(unlisten)
      }
    },
    async close() {
      await pool.end()
      await (await thread)?.stop()
    },
  }
}

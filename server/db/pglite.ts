import { MessageChannel, Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Log } from '#server/log.ts'
import { DatabaseOpenError, type Home } from './home.ts'
import { Listeners } from './listeners.ts'
import { PgliteStream } from './pglite-stream.ts'

interface PgliteOptions {
  /** The directory of the database's files; null keeps them in memory. */
  dataDir: string | null
  /** A tar of a database's files to begin with, as PGlite's `dumpDataDir` makes it. */
  template?: Uint8Array
  log: Log
}

/**
 * PGlite in a worker thread, behind the very driver that speaks to PostgreSQL: its wire protocol passes through a
 * message port instead of a socket, so that types, errors, transactions and notifications have one implementation.
 *
 * PGlite has a single session, hence a pool of one connection: whoever waits for a query outside of the transaction
 * they are in waits until that transaction times out.
 */
export async function openPglite({ dataDir, template, log }: PgliteOptions): Promise<Home> {
  const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
    workerData: { dataDir, template: template ?? null },
  })
  await started(worker)
  const stopped = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.on('error', (error) => log.error({ err: error }, 'The embedded database has stopped'))

  const listeners = new Listeners()
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    stream: () =>
      new PgliteStream(() => {
        const { port1, port2 } = new MessageChannel()
        worker.postMessage(port2, [port2])
        return port1
      }),
    // The driver drops its connection after an error; PGlite's session outlives it and must not hand on its state.
    async onConnect(client) {
      await client.query('rollback')
      await client.query('discard all')
      if (listeners.listenAll) await client.query(listeners.listenAll)
      client.on('notification', ({ channel, payload }) => listeners.deliver(channel, payload ?? ''))
    },
  })
  pool.on('error', (error) => log.error({ err: error }, 'The connection to the embedded database broke'))

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
      worker.postMessage('close')
      await stopped
    },
  }
}

async function started(worker: Worker): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('it stopped at once')))
  }).catch((error: Error) => {
    throw new DatabaseOpenError(`The embedded database does not start: ${error.message}`, { cause: error })
  })
  worker.removeAllListeners()
}

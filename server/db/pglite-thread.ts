import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'

interface PgliteFiles {
  /** The directory of the cluster; null keeps it in memory. */
  dataDir: string | null
  /** A tar of a cluster's files to begin with, in memory, as PGlite's `dumpDataDir` makes it. */
  template?: Uint8Array
}

export interface PgliteThread {
  /** A port that takes batches of PostgreSQL's wire protocol and gives the answers; null when the thread has ended. */
  connect(): Promise<MessagePort | null>
  /** Resolves when the thread has ended, with what made it end if nobody asked it to. */
  ended: Promise<Error | null>
  stop(): Promise<void>
}

/** @throws when PGlite does not open the files. */
export async function startPgliteThread({ dataDir, template }: PgliteFiles): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
    workerData: { dataDir, template: template ?? null },
    // What is young here is mostly spent buffers outside the heap: it is swept before many of them have gathered.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  })
  let stopping = false
  const ended = new Promise<Error | null>((resolve) => {
    worker.once('error', resolve)
    worker.once('exit', (code) =>
      resolve(stopping ? null : Object.assign(new Error(`it ended with code ${code}`), { code })),
    )
  })
  const failure = await Promise.race([once(worker, 'message').then(() => null), ended])
  if (failure) throw failure
  return {
    async connect() {
      const { port1, port2 } = new MessageChannel()
      worker.postMessage(port2, [port2])
      const open = await Promise.race([once(port1, 'message').then(() => true), once(port1, 'close').then(() => false)])
      if (!open) await ended
      return open ? port1 : null
    },
    ended,
    async stop() {
      stopping = true
      worker.postMessage('close')
      await ended
    },
  }
}

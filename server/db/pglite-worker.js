// @ts-check
// PGlite's thread: a heavy query holds up this thread, not the one that answers requests.
//
// Plain JavaScript that imports packages only, so that Node runs this very file under tsx and under Vitest, whose
// loaders do not reach into worker threads, and the bundler can emit it as an entry of its own beside the server's.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/** @type {{ dataDir: string | null, template: Uint8Array | null }} */
const { dataDir, template } = workerData
const main = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)

const database = await PGlite.create({
  dataDir: dataDir ?? 'memory://',
  loadDataDir: template ? new Blob([new Uint8Array(template)]) : undefined,
})

/** @param {import('node:worker_threads').MessagePort} connection */
function serve(connection) {
  connection.on('message', (/** @type {Uint8Array} */ batch) => {
    // The whole batch runs before this returns: batches of two connections cannot mix.
    database.execProtocolRawStream(batch, {
      syncToFs: false,
      onRawData(view) {
        const bytes = view.slice()
        connection.postMessage(bytes, [bytes.buffer])
      },
    })
  })
}

main.on('message', async (/** @type {import('node:worker_threads').MessagePort | 'close'} */ message) => {
  if (message === 'close') {
    await database.close()
    main.close()
  } else {
    serve(message)
  }
})
main.postMessage('open')

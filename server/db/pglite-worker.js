// @ts-check
// PGlite's thread: a heavy query holds up this thread, not the one that answers requests. Run as a program, with a
// directory, it makes the cluster there and ends.
//
// Plain JavaScript that imports packages only, so that Node runs this very file under tsx and under Vitest, whose
// loaders do not reach into worker threads, and the bundler can emit it as an entry of its own beside the server's.
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** @import { MessagePort } from 'node:worker_threads' */
/** @typedef {{ nfd?: number, node: object }} OpenFile */

/** @type {{ dataDir: string | null, template: Uint8Array | null }} */
const { dataDir, template } = workerData ?? { dataDir: process.argv[2], template: null }

const SETTINGS = [
  // The system's own cache of the files stands behind this one; PGlite's default takes 160 MB at once.
  'shared_buffers=16MB',
  // PostgreSQL samples 300 times as many rows for its statistics. At its default of 100 the sample takes 50 MB, which
  // the heap never gives back.
  'default_statistics_target=10',
  // How much log lies beside the tables, and is replayed after a crash; PGlite's default is 1 GB.
  'max_wal_size=64MB',
  'min_wal_size=32MB',
]

/** PGlite answers in many small parts, a message costs more than most of them: they go together, up to this size. */
const ANSWER_BYTES = 256 * 1024

/** Sends what there is of the answer to the batch that is running. */
let sendAnswer = () => {}

/**
 * PGlite's files as it keeps them, but written through to the disk when PostgreSQL asks for it, as it does at each
 * commit: the file system below PGlite has no fsync of its own, so that a power cut could take back what was
 * acknowledged. (Its fdatasync cannot be replaced, hence `wal_sync_method`.)
 */
class DurableFiles extends NodeFS {
  /**
   * @override
   * @param {PGlite} database
   * @param {Parameters<NodeFS['init']>[1]} options
   */
  async init(database, options) {
    const { emscriptenOpts } = await super.init(database, options)
    const addFsync = (/** @type {any} */ { FS }) => {
      const { NODEFS } = FS.filesystems
      NODEFS.stream_ops.fsync = (/** @type {OpenFile} */ { nfd, node }) => {
        const descriptor = nfd ?? openSync(NODEFS.realPath(node), 'r')
        try {
          fsyncSync(descriptor)
        } catch (error) {
          throw new FS.ErrnoError(NODEFS.convertNodeCode(error))
        } finally {
          if (nfd === undefined) closeSync(descriptor)
        }
        return 0
      }
    }
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [...(emscriptenOpts.preRun ?? []), addFsync],
        // After a panic PostgreSQL must start anew and recover; left alone, PGlite would loop.
        onAbort() {
          sendAnswer()
          process.exit(1)
        },
      },
    }
  }
}

/** @param {string} directory */
function onDisk(directory) {
  const params = PGlite.defaultStartParams.filter((param) => param !== '-F')
  return PGlite.create({
    fs: new DurableFiles(directory),
    startParams: [...params, ...settings([...SETTINGS, 'wal_sync_method=fsync'])],
  })
}

function inMemory() {
  return PGlite.create({
    loadDataDir: template ? new Blob([new Uint8Array(template)]) : undefined,
    startParams: [...PGlite.defaultStartParams, ...settings(SETTINGS)],
  })
}

/** @param {string[]} list */
function settings(list) {
  return list.flatMap((setting) => ['-c', setting])
}

const database = dataDir ? await onDisk(dataDir) : await inMemory()

/** @param {MessagePort} connection */
function serve(connection) {
  connection.on('message', (/** @type {Uint8Array} */ batch) => {
    /** @type {Uint8Array[]} */
    let answer = []
    let size = 0
    sendAnswer = () => {
      const bytes = new Uint8Array(Buffer.concat(answer, size))
      answer = []
      size = 0
      connection.postMessage(bytes, [bytes.buffer])
    }
    // The whole batch runs before this returns: batches of two connections cannot mix.
    database.execProtocolRawStream(batch, {
      syncToFs: false,
      onRawData(part) {
        answer.push(part.slice())
        size += part.length
        if (size > ANSWER_BYTES) sendAnswer()
      },
    })
    sendAnswer()
  })
  connection.postMessage('open')
}

parentPort?.on('message', async (/** @type {MessagePort | 'close'} */ message) => {
  if (message === 'close') {
    await database.close()
    process.exit(0)
  } else {
    serve(message)
  }
})
parentPort?.postMessage('open')
if (!parentPort) await database.close()

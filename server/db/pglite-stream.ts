import { constants } from 'node:os'
import { Duplex } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'

const SYNC = 0x53
const QUERY = 0x51
const STARTUP = 0x00

/**
 * The socket of a PostgreSQL client, over a message port to PGlite's thread.
 *
 * PGlite answers each batch it is handed with a ReadyForQuery, so a batch must be whole: it ends with Sync, or is a
 * simple Query, or the start-up message (which alone has no type byte; its length begins with a zero).
 */
export class PgliteStream extends Duplex {
  readonly #connect: () => Promise<MessagePort>
  #port: MessagePort | null = null
  #batch: Buffer[] = []

  constructor(connect: () => Promise<MessagePort>) {
    super()
    this.#connect = connect
  }

  connect() {
    this.#connect().then(
      (port) => {
        this.#port = port
        port.on('message', (bytes: Uint8Array) => this.push(bytes))
        port.on('close', () => this.destroy(connectionReset()))
        this.emit('connect')
      },
      (error) => this.destroy(error),
    )
    return this
  }

  setNoDelay() {
    return this
  }

  ref() {
    this.#port?.ref()
    return this
  }

  unref() {
    this.#port?.unref()
    return this
  }

  override _read() {}

  override _write(message: Buffer, _encoding: string, done: () => void) {
    this.#batch.push(message)
    if (message[0] === SYNC || message[0] === QUERY || message[0] === STARTUP) {
      const bytes = new Uint8Array(Buffer.concat(this.#batch))
      this.#batch = []
      this.#port?.postMessage(bytes, [bytes.buffer])
    }
    done()
  }

  override _final(done: () => void) {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.#port?.removeAllListeners()
    this.#port?.close()
    done(error)
  }
}

/** As from a socket: the driver, and whoever decides whether to try again, know what it means. */
function connectionReset(): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error('read ECONNRESET: the embedded database has stopped')
  return Object.assign(error, { code: 'ECONNRESET', syscall: 'read', errno: constants.errno.ECONNRESET })
}

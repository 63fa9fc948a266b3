import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long a request may take to arrive, in milliseconds: 500 MB over a slow line take longer than Node allows. */
const LONGEST_UPLOAD_MS = 60 * 60 * 1000

/** The address cannot be listened on. The message is one sentence for the operator that says what to do. */
export class ListenError extends Error {}

/**
 * Starts listening. Returns the address to open, such as `http://127.0.0.1:3000`.
 *
 * @throws {ListenError} when the port is taken, forbidden, or the host is not this machine's.
 */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  server.requestTimeout = LONGEST_UPLOAD_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
  const bound = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(`Port ${port} is taken by another program: stop it, or set PORT to a free one.`)
    case 'EACCES':
      return new ListenError(`Port ${port} needs rights this process lacks: set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(`HOST is ${host}, which is no address of this machine: set it to one that is.`)
    default:
      return error
  }
}

/** Takes no more requests, lets those under way end for at most `graceMs`, then cuts what is left. */
export function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Request as ExpressRequest, type Response, Router } from 'express'
import type { Deps } from '#server/context.ts'
import { Problem } from '#server/problem.ts'
import { exportJson, exportMarkdown } from '#server/transfer/export.ts'
import { importFile } from '#server/transfer/import.ts'
import { FILE_LIMIT } from '#shared/limits.ts'

const STATUS: Partial<Record<Problem['code'], number>> = {
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  SERVICE_UNAVAILABLE: 503,
}

/**
 * A person's data as files: `GET /files/moneta.json`, `GET /files/moneta.md`, and `POST /files/import` with the file as
 * the body, answered with an ImportSummary; `transfer.importState` says meanwhile how far it is. The same bearer as the
 * API's; nothing is held in memory but one conversation.
 */
export function files(deps: Deps): Router {
  const router = Router()
  router.get('/moneta.json', (req, res) =>
    forUser(deps, req, res, (userId) => send(res, 'application/json', exportJson({ deps, userId }))),
  )
  router.get('/moneta.md', (req, res) =>
    forUser(deps, req, res, (userId) => send(res, 'text/markdown', exportMarkdown({ deps, userId }))),
  )
  router.post('/import', (req, res) =>
    forUser(deps, req, res, async (userId) => {
      const length = Number(req.headers['content-length'] ?? 0)
      if (length > FILE_LIMIT) throw tooLarge()
      res.json(await importFile({ deps, userId }, limited(req.iterator({ destroyOnReturn: false })), length || null))
    }),
  )
  return router
}

async function forUser(
  deps: Deps,
  req: ExpressRequest,
  res: Response,
  act: (userId: string) => Promise<void>,
): Promise<void> {
  const headers = new Headers(
    Object.entries(req.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])) as [
      string,
      string,
    ][],
  )
  const caller = await deps.identity.identify(new Request('http://localhost/files', { headers }))
  if (caller.state === 'nobody') {
    const message = 'Authentication required. Please sign in to move your data.'
    res.status(401).json({ message, auth: { reason: caller.reason } })
  } else if (caller.state === 'unavailable') res.status(503).json({ message: caller.problem })
  else {
    try {
      await act(caller.user.id)
    } catch (error) {
      // Whoever sent half a file and left waits for no answer; the import says itself that it broke off.
      if (req.destroyed && !req.complete) return
      if (!(error instanceof Problem) || res.headersSent) throw error
      // What is left of the file is not read: the connection cannot be used for another request.
      res.set('Connection', 'close')
      res.status(STATUS[error.code] ?? 400).json({ message: error.message })
      req.resume()
    }
  }
}

async function send(res: Response, type: string, pieces: AsyncIterable<string>): Promise<void> {
  const extension = type === 'application/json' ? 'json' : 'md'
  res.setHeader('Content-Type', `${type}; charset=utf-8`)
  res.setHeader('Content-Disposition', `attachment; filename="moneta.${extension}"`)
  res.setHeader('Cache-Control', 'no-store')
  await pipeline(Readable.from(pieces), res)
}

/** A sender may say less than it sends, or leave. */
async function* limited(file: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  const chunks = file[Symbol.asyncIterator]()
  for (;;) {
    const { value, done } = await chunks.next().catch((cause) => {
      throw new Problem('BAD_REQUEST', 'The connection broke before the whole file was here: send it again.', { cause })
    })
    if (done) return
    bytes += value.length
    if (bytes > FILE_LIMIT) throw tooLarge()
    yield value
  }
}

function tooLarge(): Problem {
  return new Problem('PAYLOAD_TOO_LARGE', 'The file is larger than 500 MB: export it in parts.')
}

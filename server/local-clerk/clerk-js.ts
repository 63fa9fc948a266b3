import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

interface Served {
  plain: Buffer
  gzipped: Buffer
  etag: string
}

const DIST = dirname(createRequire(import.meta.url).resolve('@clerk/clerk-js'))

/**
 * GET /npm/@clerk/clerk-js@VERSION/dist/FILE: clerk-js as it came by npm, each file compressed once. Under its exact
 * version a file never changes; under any other name (the SDK asks for `@6`) the browser asks whether it has.
 */
export function serveClerkJs(): RequestHandler {
  const { version } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8'))
  const files = new Set(readdirSync(DIST).filter((file) => file.endsWith('.js')))
  const served = new Map<string, Promise<Served>>()

  return async (req, res, next) => {
    const { file, asked } = req.params
    if (typeof file !== 'string' || !files.has(file)) return next()
    const loading = served.get(file) ?? load(file)
    served.set(file, loading)
    const { plain, gzipped, etag } = await loading
    res.set({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': asked === version ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag,
    })
    if (req.fresh) res.status(304).end()
    else if (req.acceptsEncodings('gzip')) res.set('content-encoding', 'gzip').end(gzipped)
    else res.end(plain)
  }
}

async function load(file: string): Promise<Served> {
  const plain = await readFile(join(DIST, file))
  const gzipped = await promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION })
  return { plain, gzipped, etag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` }
}

import type { Server } from 'node:http'
import { join } from 'node:path'
import compression from 'compression'
import express, { Router } from 'express'

/** The page, and what must be closed with it. */
export interface Page {
  router: Router
  close(): Promise<void>
}

/** The built page. File names under `assets/` carry a hash of their content, so they never change. */
export function builtPage(folder: string): Page {
  const router = Router()
  router.use(compression())
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  router.use(express.static(folder, { index: false }))
  router.get('/{*path}', (_req, res) => {
    res.setHeader('cache-control', 'no-cache').sendFile('index.html', { root: folder })
  })
  return { router, close: async () => {} }
}

/** The page as Vite serves it in development, in this process and on the port of `server`, its live updates too. */
export async function developmentPage(server: Server): Promise<Page> {
  const { createServer } = await import('vite')
  const vite = await createServer({ server: { middlewareMode: { server }, hmr: { server } } })
  const router = Router()
  router.use(vite.middlewares)
  return { router, close: () => vite.close() }
}

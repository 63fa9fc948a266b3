import { join } from 'node:path'
import compression from 'compression'
import express, { Router } from 'express'

/** The built page. File names under `assets/` carry a hash of their content, so they never change. */
export function builtPage(folder: string): Router {
  const router = Router()
  router.use(compression())
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  router.use(express.static(folder, { index: false }))
  router.get('/{*path}', (_req, res) => {
    res.setHeader('cache-control', 'no-cache').sendFile('index.html', { root: folder })
  })
  return router
}

/** The page as Vite serves it in development, in this process and on this port. */
export async function developmentPage(root: string): Promise<{ page: Router; close: () => Promise<void> }> {
  const { createServer } = await import('vite')
  const vite = await createServer({ configFile: join(root, 'vite.config.ts'), server: { middlewareMode: true } })
  const page = Router()
  page.use(vite.middlewares)
  return { page, close: () => vite.close() }
}

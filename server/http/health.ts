import { Router } from 'express'
import type { Database } from '#server/db/database.ts'

/** `/healthz`: the process answers. `/readyz`: the database does too. */
export function health(db: Database): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  router.get('/readyz', async (_req, res) => {
    const ready = await db.prisma.$queryRaw`select 1`.then(
      () => true,
      () => false,
    )
    res.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'the database does not answer' })
  })
  return router
}

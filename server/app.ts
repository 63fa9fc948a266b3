import express, { type ErrorRequestHandler, type Express, type Router } from 'express'
import type { Deps } from './context.ts'
import { isUnreachable, UNREACHABLE } from './db/unreachable.ts'
import { api } from './http/api.ts'
import { files } from './http/files.ts'
import { health } from './http/health.ts'
import { sameSiteOnly, securityHeaders } from './http/security.ts'
import { faultOf } from './log.ts'

interface Parts {
  /** Clerk's Frontend API, when this process speaks it. */
  localClerk: Router | null
  page: Router
  development: boolean
}

/** The whole of Moneta as one Express application. It never listens. */
export function createApp(deps: Deps, { localClerk, page, development }: Parts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(health(deps.db))
  app.use(securityHeaders(deps.publicConfig, development))
  app.use(sameSiteOnly(deps.config))
  app.all('/trpc/{*path}', api(deps))
  app.use('/files', files(deps))
  if (localClerk) app.use('/__clerk', localClerk)
  app.use(page)
  app.use(failed(deps))
  return app
}

function failed({ log }: Deps): ErrorRequestHandler {
  return (error, _req, res, next) => {
    const status: number = isUnreachable(error) ? 503 : (error.status ?? 500)
    if (status >= 500) log.error({ fault: faultOf(error) }, 'a request failed')
    if (res.headersSent) next(error)
    else res.status(status).json({ message: words(status) })
  }
}

function words(status: number): string {
  if (status === 503) return UNREACHABLE
  if (status === 404) return 'There is nothing at this address.'
  return status >= 500
    ? 'Something went wrong here; try again.'
    : 'This request is malformed: correct it, then try again.'
}

import type { ErrorRequestHandler, RequestHandler } from 'express'
import { faultOf, type Log } from '#server/log.ts'

/** A refusal in the shape in which Clerk's API says it. `param` names the field it belongs to. */
export class ClerkProblem extends Error {
  readonly status: number
  readonly code: string
  readonly param: string | null

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.param = param
  }
}

/** The session a page asks about is over, or this browser never had it: clerk-js looks at its client anew on a 401. */
export const sessionOver = () => new ClerkProblem(401, 'session_not_found', 'This session has ended. Please sign in.')

export const notFound: RequestHandler = () => {
  throw new ClerkProblem(404, 'resource_not_found', 'The local identity does not have what was asked for.')
}

/**
 * Every refusal in Clerk's shape. A fault of ours is 503, never 500: on a 500 clerk-js takes the person for signed out.
 */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error, _req, res, next) => {
    if (res.headersSent) return next(error)
    const problem = error instanceof ClerkProblem ? error : fromFault(error, log)
    const { status, code, message, param } = problem
    const meta = param ? { param_name: param } : {}
    res.status(status).json({ errors: [{ code, message, long_message: message, meta }] })
  }
}

function fromFault(error: unknown, log: Log): ClerkProblem {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 503
  if (status < 500) return new ClerkProblem(status, 'request_invalid', 'The request cannot be read.')
  log.error({ fault: faultOf(error) }, 'the local identity failed')
  return new ClerkProblem(503, 'service_unavailable', 'Accounts cannot be reached at the moment; try again shortly.')
}

import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit'
import { findClient } from './client.ts'
import type { Parts } from './parts.ts'
import { ClerkProblem } from './problems.ts'

const QUARTER_HOUR_MS = 900_000
const FAILURES_FOR_ONE_EMAIL = 10
const FAILURES_FOR_ALL = 100
const NEW_ACCOUNTS = 100
const SIGN_INS_BEGUN = 100

/**
 * How often passwords may be tried, by network address: for one e-mail address and over all of them. Only failures
 * count; new accounts count each, and so do sign-ins that say who and not yet the password, for each is stored.
 */
export function limits(parts: Parts): { signIn: RequestHandler[]; signUp: RequestHandler } {
  const name = async (req: Request) => req.body?.identifier ?? (await findClient(parts, req))?.signIn?.identifier
  const one = async (req: Request) =>
    `${address(req)} ${String(await name(req))
      .trim()
      .toLowerCase()}`
  return {
    signIn: [
      limit(FAILURES_FOR_ALL, address, { skipSuccessfulRequests: true }),
      limit(FAILURES_FOR_ONE_EMAIL, one, { skipSuccessfulRequests: true }),
      limit(SIGN_INS_BEGUN, address, { skip: (req) => req.body?.password !== undefined }),
    ],
    signUp: limit(NEW_ACCOUNTS, address),
  }
}

/** Beyond the limit: 429 with Retry-After, in seconds. */
function limit(
  most: number,
  key: (req: Request) => string | Promise<string>,
  counted: Pick<Partial<Options>, 'skip' | 'skipSuccessfulRequests'> = {},
): RequestHandler {
  return rateLimit({
    windowMs: QUARTER_HOUR_MS,
    limit: most,
    keyGenerator: key,
    ...counted,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Behind a proxy everyone has one address here, which is stricter, never laxer.
    validate: { xForwardedForHeader: false },
    handler: (_req, res) => {
      const minutes = Math.ceil(Number(res.getHeader('retry-after')) / 60)
      throw new ClerkProblem(429, 'too_many_requests', `Too many attempts. Try again in ${minutes} minutes.`)
    },
  })
}

function address(req: Request): string {
  return ipKeyGenerator(req.ip ?? '')
}

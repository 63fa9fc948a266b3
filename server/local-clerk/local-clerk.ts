import express, { type RequestHandler, Router } from 'express'
import type { Deps } from '#server/context.ts'
import type { TokenIssuer } from '#server/identity/issuer.ts'
import { serveClerkJs } from './clerk-js.ts'
import { watchEndedSessions } from './ended-sessions.ts'
import { environment } from './environment.ts'
import { localIssuer } from './issuer.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { answerProblems, notFound } from './problems.ts'
import { createToken, endAllSessions, endSession, showClient, touchSession } from './sessions.ts'
import { attemptFirstFactor, createSignIn } from './sign-ins.ts'
import { createSignUp } from './sign-ups.ts'
import { openSigningKey } from './signing-key.ts'
import { answer } from './visit.ts'

export interface LocalClerk {
  /** To be mounted at `/__clerk`. */
  router: Router
  issuer: TokenIssuer
  close(): Promise<void>
}

/**
 * Clerk's Frontend API (https://clerk.com/docs/reference/frontend-api) as far as clerk-js needs it to sign people up,
 * in and out with e-mail address and password: accounts live in the database of this installation.
 */
export async function localClerk(deps: Pick<Deps, 'db' | 'clock' | 'log' | 'config'>): Promise<LocalClerk> {
  const { db, clock, log } = deps
  const ended = await watchEndedSessions(deps)
  const parts: Parts = { db, clock, log, lifetimes: deps.config.local, signingKey: await openSigningKey(deps), ended }
  const attempts = limits(parts)
  const router = Router()

  router.get('/npm/@clerk/clerk-js@:asked/dist/:file', serveClerkJs())

  router.use(express.urlencoded({ extended: false, limit: '16kb' }), methodOverride)
  router.get('/v1/environment', (_req, res) => void res.json(environment))
  router.get('/v1/client', answer(parts, showClient))
  router.post('/v1/client/sign_ups', attempts.signUp, answer(parts, createSignUp))
  router.post('/v1/client/sign_ins', attempts.signIn, answer(parts, createSignIn))
  router.post('/v1/client/sign_ins/:id/attempt_first_factor', attempts.signIn, answer(parts, attemptFirstFactor))
  router.post('/v1/client/sessions/:id/tokens', answer(parts, createToken))
  router.post('/v1/client/sessions/:id/touch', answer(parts, touchSession))
  router.post('/v1/client/sessions/:id/end', answer(parts, endSession))
  router.post('/v1/client/sessions/:id/remove', answer(parts, endSession))
  router.delete('/v1/client/sessions', answer(parts, endAllSessions))
  router.use(notFound)
  router.use(answerProblems(log))

  return { router, issuer: localIssuer(parts), close: ended.close }
}

/** clerk-js sends no method but GET and POST, and names the other ones in the address. */
const methodOverride: RequestHandler = (req, _res, next) => {
  if (req.method === 'POST' && req.query._method === 'DELETE') req.method = 'DELETE'
  next()
}

import type { Request, RequestHandler, Response } from 'express'
import { type Client, findClient } from './client.ts'
import { originOf } from './client-secret.ts'
import type { Parts } from './parts.ts'
import { clientShape } from './shapes.ts'

/** One request of a page: from which browser, and on which origin. */
export interface Visit {
  parts: Parts
  req: Request
  res: Response
  client: Client | null
  origin: string
}

/** Answers with what `endpoint` returns, as JSON that nobody keeps. */
export function answer(parts: Parts, endpoint: (visit: Visit) => Promise<object>): RequestHandler {
  return async (req, res) => {
    const client = await findClient(parts, req)
    const body = await endpoint({ parts, req, res, client, origin: originOf(req) })
    res.set('cache-control', 'no-store').json(body)
  }
}

/** A resource, and the client beside it as it is now: so Clerk's API answers whatever changes something. */
export async function withClient({ parts, origin }: Visit, client: Client | null, response: object) {
  return { response, client: client && (await clientShape(parts, client, origin)) }
}

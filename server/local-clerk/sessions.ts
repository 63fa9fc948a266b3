import { rotateSecret } from './client.ts'
import { choose, noteUse, renew, sessionOf } from './session.ts'
import { clientShape, sessionShape } from './shapes.ts'
import { mintToken } from './token.ts'
import { type Visit, withClient } from './visit.ts'

/** GET /v1/client: who is signed in in this browser. A browser that is not known stays so until someone signs in. */
export async function showClient({ parts, client, origin }: Visit) {
  return { response: client && (await clientShape(parts, client, origin)), client: null }
}

/** POST /v1/client/sessions/:id/tokens: a fresh token. Asking for one is use of the session. */
export async function createToken({ parts, client, origin, req, res }: Visit) {
  const session = sessionOf(client, param(req.params.id))
  await noteUse(parts, session)
  if (client) await rotateSecret(parts, client, req, res)
  return mintToken(parts, session, origin)
}

/**
 * POST /v1/client/sessions/:id/touch. clerk-js sends it by itself with an intent: the person came back to the page, or
 * chose this session among several. Without one it is the person's own wish to stay signed in.
 */
export async function touchSession(visit: Visit) {
  const { parts, client, origin, req, res } = visit
  const session = sessionOf(client, param(req.params.id))
  if (req.body?.intent) await choose(parts, session)
  else await renew(parts, session)
  if (client) {
    client.sessions = [session, ...client.sessions.filter((it) => it !== session)]
    await rotateSecret(parts, client, req, res)
  }
  return withClient(visit, client, await sessionShape(parts, session, origin))
}

/** POST /v1/client/sessions/:id/remove and /end: signs one person out. */
export async function endSession(visit: Visit) {
  const { parts, client, origin, req } = visit
  const session = sessionOf(client, param(req.params.id))
  await parts.ended.end([session.id])
  if (client) client.sessions = client.sessions.filter((it) => it !== session)
  return withClient(visit, client, { ...(await sessionShape(parts, session, origin)), status: 'ended' })
}

/** DELETE /v1/client/sessions: signs everyone out of this browser. */
export async function endAllSessions(visit: Visit) {
  const { parts, client, origin } = visit
  if (!client) return { response: null, client: null }
  await parts.ended.end(client.sessions.map((it) => it.id))
  client.sessions = []
  return withClient(visit, client, await clientShape(parts, client, origin))
}

function param(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
